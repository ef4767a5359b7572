import { provisionedDevice } from '../../../nodes/Odin/resources/device';
import { provisionedTrunkGroup } from '../../../nodes/Odin/resources/trunkGroup';
import { provisionedUser } from '../../../nodes/Odin/resources/user';

type Parameters = Readonly<Record<string, unknown>>;

const SECTIONS: ReadonlySet<string> = new Set(
	[provisionedTrunkGroup, provisionedDevice, provisionedUser].flatMap(({ sections }) =>
		sections.map(({ name }) => name),
	),
);

/** The mode of More Fields in which n8n keeps these parameters: it drops the sections in any other. */
export const withFieldsMode = <T extends Parameters>(parameters: T): T =>
	Object.keys(parameters).some((name) => SECTIONS.has(name))
		? { fieldsMode: 'form', ...parameters }
		: parameters;

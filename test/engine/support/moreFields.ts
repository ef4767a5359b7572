import { resources } from '../../../nodes/Odin/resources';

type Parameters = Readonly<Record<string, unknown>>;

const SECTIONS: ReadonlySet<string> = new Set(
	resources.flatMap(({ model }) => (model?.sections ?? []).map(({ name }) => name)),
);

/** The mode of More Fields in which n8n keeps these parameters: it drops the sections in any other. */
export const withFieldsMode = <T extends Parameters>(parameters: T): T =>
	Object.keys(parameters).some((name) => SECTIONS.has(name))
		? { fieldsMode: 'form', ...parameters }
		: parameters;

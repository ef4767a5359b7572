import type { OdinSettings } from '../transport/odin';
import type { ItemParameters } from './parameters';

const DEFAULT_TIMEOUT_MS = 30_000;

/** The options that hold for the whole node; they are read for the first item. */
export function readSettings(parameters: ItemParameters): OdinSettings {
	return {
		timeout: parameters.option(
			{ name: 'timeout', label: 'Timeout', type: 'integer', min: 1 },
			DEFAULT_TIMEOUT_MS,
		),
	};
}

import type { OdinSettings } from '../transport/odinClient';
import type { ItemParameters, ParameterRule } from './parameters';

const rule = (rule: Omit<ParameterRule, 'type'>): ParameterRule => ({ type: 'integer', ...rule });

const TIMEOUT = rule({ name: 'timeout', label: 'Timeout', min: 1, max: 86_400_000 });
const MAX_RETRIES = rule({ name: 'maxRetries', label: 'Max Retries', min: 0 });
const CONCURRENCY = rule({ name: 'concurrency', label: 'Concurrency', min: 1, max: 50 });
const REQUESTS_PER_SECOND = rule({
	name: 'requestsPerSecond',
	label: 'Requests per Second',
	min: 0,
});

/** The options that hold for the whole node; they are read for the first item. */
export const readSettings = (parameters: ItemParameters): OdinSettings => ({
	timeout: parameters.option(TIMEOUT, 30_000),
	maxRetries: parameters.option(MAX_RETRIES, 4),
	concurrency: parameters.option(CONCURRENCY, 5),
	requestsPerSecond: parameters.option(REQUESTS_PER_SECOND, 0),
});

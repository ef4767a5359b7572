import type { RecordedRequest, Simulator } from '../../../../simulator';

const isWrite = ({ method, path }: RecordedRequest): boolean =>
	method !== 'GET' && !path.startsWith('/auth/');

/** Every request that asked Odin to change something, also one that Odin refused. */
export const writes = (simulator: Simulator): string[] =>
	simulator.requests.filter(isWrite).map(({ method, path }) => `${method} ${path}`);

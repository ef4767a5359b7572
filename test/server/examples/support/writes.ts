import type { RecordedRequest, Simulator } from '../../../../simulator';

/** What Odin takes as POST and changes nothing. */
const READS_BY_POST = ['/groups/devices/users'];

const isWrite = ({ method, path }: RecordedRequest): boolean =>
	method !== 'GET' && !path.startsWith('/auth/') && !READS_BY_POST.includes(path);

/** Every request that asked Odin to change something, also one that Odin refused. */
export const writes = (simulator: Simulator): string[] =>
	simulator.requests.filter(isWrite).map(({ method, path }) => `${method} ${path}`);

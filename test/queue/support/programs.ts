import type { Program } from '../../../scripts/system/programs';

export const REDIS: Program = {
	names: ['redis-server'],
	debianPackage: 'redis-server',
	purpose: 'the tests in queue mode',
};

const POSTGRESQL = { debianPackage: 'postgresql', purpose: 'the tests in queue mode' };

export const INITDB: Program = { names: ['initdb'], ...POSTGRESQL };

export const POSTGRES: Program = { names: ['postgres'], ...POSTGRESQL };

export const NGINX: Program = {
	names: ['nginx'],
	debianPackage: 'nginx',
	purpose: 'the test of the proxy that keeps connections',
};

import type { Program } from '../../../scripts/system/programs';

export const REDIS: Program = {
	names: ['redis-server'],
	debianPackage: 'redis-server',
};

export const INITDB: Program = { names: ['initdb'], debianPackage: 'postgresql' };

export const POSTGRES: Program = { names: ['postgres'], debianPackage: 'postgresql' };

export const NGINX: Program = { names: ['nginx'], debianPackage: 'nginx' };

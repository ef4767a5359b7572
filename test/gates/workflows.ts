/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CHECKOUT } from './checkout';

export interface Step {
	name?: string;
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

export interface Job {
	needs?: string;
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	strategy?: { matrix: Record<string, string[]> };
	steps: Step[];
}

export interface Workflow {
	on: Record<string, Record<string, string[]> | Array<{ cron: string }> | null>;
	permissions?: Record<string, string>;
	concurrency?: { group: string };
	env?: Record<string, string>;
	jobs: Record<string, Job>;
}

export const textOf = (path: string): string => readFileSync(join(CHECKOUT, path), 'utf8');

/** A YAML file of the checkout; its form is the caller's to know. */
export const yamlOf = <T>(path: string): T => parse(textOf(path)) as T;

export const workflow = (name: string): Workflow => yamlOf(`.github/workflows/${name}.yml`);

/** The commands of a job in their order. */
export const commandsOf = (job: Job): string[] => job.steps.flatMap(({ run }) => run ?? []);

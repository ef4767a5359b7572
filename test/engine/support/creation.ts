import { DOCUMENTED_DEFAULTS } from '../../documentedDefaults';
import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../harness';

/** Where trunk groups are created unless a test says otherwise. */
export const HOME = { serviceProviderId: 'acme-ent', groupId: 'acme-hq' };

/** What is sent for one trunk group named 'sbc' when nothing else was asked for: the documented defaults. */
export const DEFAULT_BODY = {
	...HOME,
	name: 'sbc',
	maxActiveCalls: 1,
	...DOCUMENTED_DEFAULTS,
};

/** The json of the items on output 0. */
export const jsonOf = ({ output }: RunResult): IDataObject[] =>
	(output[0] ?? []).map(({ json }) => json);

/** All that a run says to its user: the execution's error, error items and hints. */
export function said(run: RunResult): string {
	const items = run.output.flat().map(({ json }) => json);
	const errors = items.flatMap(({ error, details }) =>
		error === undefined
			? []
			: [error, (details as IDataObject | undefined)?.description].map(String),
	);
	return [
		run.error?.message,
		run.error?.description,
		...errors,
		...run.hints.map(({ message }) => message),
	]
		.filter(Boolean)
		.join('\n');
}

/** A field that was sent although another one makes it do nothing. Which ones these are has a test of its own. */
const WITHOUT_EFFECT = /^'[^']+' has no effect unless '[^']+' is .+ \(items? [\d, to]+\)\.$/;

/** What a run says beside such hints. */
export const otherwiseSaid = (run: RunResult): string =>
	said({ ...run, hints: run.hints.filter(({ message }) => !WITHOUT_EFFECT.test(message)) });

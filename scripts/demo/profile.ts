import type { Ticket } from './odin';

export type Profile = Record<string, unknown>;

export interface DocumentedField {
	name: string;
	seedDefault?: unknown;
}

const KEY_FIELDS = ['serviceProviderId', 'groupId', 'name', 'maxActiveCalls'];
const INDENT = '    ';

/** The documentation writes some booleans as text, so values are compared as they are shown. */
const shown = (value: unknown) =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');

/** The profile in two columns, in three parts: from the ticket, documented defaults, all that Odin added. */
export function listProfile(profile: Profile, fields: readonly DocumentedField[]): string {
	const defaults = new Map(
		fields
			.filter(({ seedDefault }) => seedDefault !== undefined)
			.map(({ name, seedDefault }) => [name, shown(seedDefault)]),
	);
	const names = Object.keys(profile);
	const asked = KEY_FIELDS.filter((name) => names.includes(name));
	const isDefault = (name: string) =>
		!asked.includes(name) && defaults.get(name) === shown(profile[name]);
	const added = names.filter((name) => !asked.includes(name) && !isDefault(name));

	const width = Math.max(...names.map((name) => name.length));
	const part = (title: string, members: string[]) => [
		`  ${title}`,
		...members.map((name) => `${INDENT}${name.padEnd(width)}  ${shown(profile[name])}`.trimEnd()),
		'',
	];
	const byDefault = names.filter(isDefault);
	return [
		...part('From the ticket', asked),
		...part(`Documented defaults (${byDefault.length})`, byDefault),
		...part(`Added by Odin (${added.length})`, added),
	].join('\n');
}

/** What in the profile is not as the ticket asked for, in words; empty if all is. */
export function deviations(profile: Profile, ticket: Ticket): string[] {
	const expected: Profile = {
		serviceProviderId: ticket.serviceProvider,
		groupId: ticket.group,
		name: ticket.trunkGroup,
		maxActiveCalls: ticket.channels,
	};
	return Object.entries(expected)
		.filter(([name, value]) => shown(profile[name]) !== shown(value))
		.map(([name, value]) => `${name} is ${shown(profile[name])} instead of ${shown(value)}`);
}

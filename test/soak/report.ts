/** More are seldom more help. */
const MOST_SHOWN = 20;

/** The options of a command that runs no campaign. */
const NONE = { 'sip-trunks': 0, changes: 0, reads: 0, 'trunk-groups': 0 };

export type Campaign = keyof typeof NONE;

/** What is wrong in a campaign and how to see it again; empty when nothing is. `sizes`: by the options of the command. */
export function complaint(
	{ seed, ...sizes }: { seed: number } & Partial<Record<Campaign, number>>,
	{ violations }: { violations: string[] },
): string {
	if (violations.length === 0) return '';
	const command = Object.entries({ seed, ...NONE, ...sizes }).map(
		([name, value]) => `--${name} ${value}`,
	);
	const shown = violations.slice(0, MOST_SHOWN).map((violation) => `  ${violation}`);
	const more = violations.length - shown.length;
	return [
		`Seed ${seed}: ${violations.length} things are not as they must be. Again with: npm run soak -- ${command.join(' ')}`,
		...shown,
		...(more > 0 ? [`  and ${more} more`] : []),
	].join('\n');
}

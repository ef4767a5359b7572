/** More are seldom more help. */
const MOST_SHOWN = 20;

/** What is wrong in a campaign and how to see it again; empty when nothing is. `options`: those of the command, such as seed. */
export function complaint(
	options: Readonly<Record<string, number>>,
	{ violations }: { violations: string[] },
): string {
	if (violations.length === 0) return '';
	const command = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
	const shown = violations.slice(0, MOST_SHOWN).map((violation) => `  ${violation}`);
	const more = violations.length - shown.length;
	return [
		`Seed ${options.seed}: ${violations.length} things are not as they must be. Again with: npm run soak -- ${command.join(' ')}`,
		...shown,
		...(more > 0 ? [`  and ${more} more`] : []),
	].join('\n');
}

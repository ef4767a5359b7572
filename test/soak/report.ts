import type { CampaignOptions, CampaignResult } from './campaign';

/** More are seldom more help. */
const MOST_SHOWN = 20;

const commandFor = ({ seed, trunkGroups }: CampaignOptions): string =>
	`npm run soak -- --seed ${seed} --trunk-groups ${trunkGroups}`;

/** What is wrong in a campaign and how to see it again; empty when nothing is. */
export function complaint(options: CampaignOptions, { violations }: CampaignResult): string {
	if (violations.length === 0) return '';
	const shown = violations.slice(0, MOST_SHOWN).map((violation) => `  ${violation}`);
	const more = violations.length - shown.length;
	return [
		`Seed ${options.seed}: ${violations.length} things are not as they must be. Again with: ${commandFor(options)}`,
		...shown,
		...(more > 0 ? [`  and ${more} more`] : []),
	].join('\n');
}

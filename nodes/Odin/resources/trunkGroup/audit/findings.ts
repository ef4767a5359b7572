import type { IDataObject } from 'n8n-workflow';
import type { Place, Unread } from './facts';
import { notCheckedText, type Rule } from './rule';
import { NOT_CHECKED } from './rules';

/** One finding, as the output has it. */
export interface Finding extends IDataObject {
	severity: string;
	rule: string;
	serviceProviderId: string;
	groupId: string | null;
	name: string | null;
	message: string;
	fields: string[];
	fix: IDataObject | null;
}

type Level = 'trunkGroup' | 'group' | 'serviceProvider';

const levelOf = ({ groupId, name }: Place): Level =>
	name !== null ? 'trunkGroup' : groupId !== null ? 'group' : 'serviceProvider';

/** Collects findings. What several rules could not look at for one reason is said once, after what it belongs to. */
export class Findings {
	private readonly all: Finding[] = [];

	private readonly unread: Record<Level, Map<string, { unread: Unread; rules: Set<string> }>> = {
		trunkGroup: new Map(),
		group: new Map(),
		serviceProvider: new Map(),
	};

	apply<Facts>(rules: ReadonlyArray<Rule<Facts>>, facts: Facts, place: Place): void {
		for (const { name, severities, check } of rules) {
			for (const result of check(facts)) {
				if ('unread' in result) this.notChecked(result.unread, [name]);
				else this.add(place, name, { severity: severities[0]!, ...result });
			}
		}
		this.say('trunkGroup');
	}

	notChecked(unread: Unread, rules: readonly string[]): void {
		const { serviceProviderId, groupId, name, reason } = unread;
		const id = JSON.stringify([serviceProviderId, groupId, name, reason]);
		const ofLevel = this.unread[levelOf(unread)];
		const known = ofLevel.get(id) ?? { unread, rules: new Set() };
		for (const rule of rules) known.rules.add(rule);
		ofLevel.set(id, known);
	}

	endGroup(): void {
		this.say('trunkGroup');
		this.say('group');
	}

	/** What concerns whole service providers stands at the end. */
	end(): Finding[] {
		this.say('serviceProvider');
		return this.all;
	}

	private say(level: Level): void {
		for (const { unread, rules } of this.unread[level].values()) {
			this.add(unread, NOT_CHECKED.name, {
				severity: NOT_CHECKED.severities[0],
				message: notCheckedText([...rules], unread),
				fields: [],
				fix: null,
			});
		}
		this.unread[level].clear();
	}

	private add(
		{ serviceProviderId, groupId, name }: Place,
		rule: string,
		{ severity, message, fields, fix }: Pick<Finding, 'severity' | 'message' | 'fields' | 'fix'>,
	): void {
		this.all.push({ severity, rule, serviceProviderId, groupId, name, message, fields, fix });
	}
}

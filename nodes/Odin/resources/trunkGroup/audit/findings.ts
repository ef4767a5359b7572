import type { IDataObject } from 'n8n-workflow';
import type { Place, Unread } from './facts';
import { notCheckedText, type Result, type Rule } from './rule';
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

/** Collects findings. What several rules could not look at for one reason is said once. */
export class Findings {
	private readonly all: Finding[] = [];

	private unread = new Map<string, { unread: Unread; rules: Set<string> }>();

	apply<Facts>(rules: ReadonlyArray<Rule<Facts>>, facts: Facts, where: Place): void {
		for (const rule of rules) {
			for (const result of rule.check(facts)) this.add(rule, result, where);
		}
		if (where.name !== null) this.say(({ name }) => name !== null);
	}

	private add<Facts>({ name, severities }: Rule<Facts>, result: Result, where: Place): void {
		if ('unread' in result) return this.notChecked(result.unread, [name]);
		const { severity = severities[0]!, message, fields, fix } = result;
		const { serviceProviderId, groupId, name: trunkGroup } = where;
		this.all.push({
			severity,
			rule: name,
			serviceProviderId,
			groupId,
			name: trunkGroup,
			message,
			fields,
			fix,
		});
	}

	notChecked(unread: Unread, rules: readonly string[]): void {
		const { serviceProviderId, groupId, name, reason } = unread;
		const id = JSON.stringify([serviceProviderId, groupId, name, reason]);
		const known = this.unread.get(id) ?? { unread, rules: new Set() };
		for (const rule of rules) known.rules.add(rule);
		this.unread.set(id, known);
	}

	endGroup(): void {
		this.say(({ groupId }) => groupId !== null);
	}

	/** What concerns whole service providers stands at the end. */
	end(): Finding[] {
		this.say(() => true);
		return this.all;
	}

	private say(isMeant: (unread: Unread) => boolean): void {
		for (const [id, { unread, rules }] of this.unread) {
			if (!isMeant(unread)) continue;
			this.unread.delete(id);
			const { serviceProviderId, groupId, name } = unread;
			this.all.push({
				severity: NOT_CHECKED.severities[0],
				rule: NOT_CHECKED.name,
				serviceProviderId,
				groupId,
				name,
				message: notCheckedText([...rules], unread),
				fields: [],
				fix: null,
			});
		}
	}
}

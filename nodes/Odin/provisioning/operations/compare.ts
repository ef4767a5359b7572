import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { compareWithProfile } from '../../model/diff';
import { parsePayload, readDesired } from '../../model/desired';
import { trunkGroupText } from '../../model/key';
import { maskedAt } from '../../secrets/redact';
import { optionsCollection } from '../options';
import { incomparableHint, payloadHints, readSections } from '../input';
import { keyProperties, readExistingKey } from '../lookup';
import { findTrunkGroup, shapeProfile } from '../read';
import { payloadProperty, readSimplify, simplifyProperties } from '../properties';
import { sections } from '../form';

export const compare: Operation = {
	name: 'Compare',
	value: 'compare',
	action: 'Compare a trunk group',
	description: 'Compare a trunk group with what it should be, without changing anything',
	builderHint:
		'Choose this for audits: it writes nothing and reports a missing trunk group as trunkGroup null.',
	properties: [
		...keyProperties,
		...sections({ writes: ['update'], comparable: true, without: ['pilotUserId'] }),
		payloadProperty,
		...simplifyProperties,
		optionsCollection(),
	],
	prepare(parameters) {
		const payload = parsePayload(parameters.read('payload'));
		const key = readExistingKey(parameters, payload);
		const simplify = readSimplify(parameters);
		const desired = readDesired({ entries: readSections(parameters), payload, group: key });
		parameters.issues.push(...desired.issues);
		return {
			subject: trunkGroupText(key),
			hints: payloadHints(desired),
			async run(odin, hint) {
				const profile = await findTrunkGroup(odin, key);
				const { differences, incomparable } = compareWithProfile(desired, profile ?? {});
				if (profile) incomparableHint(incomparable).forEach(hint);
				return [
					{
						inSync: profile !== undefined && differences.length === 0,
						differences: differences.map(({ field, wanted, stored }) => ({
							field,
							expected: maskedAt(field, wanted),
							actual: maskedAt(field, stored),
						})),
						trunkGroup: profile ? shapeProfile(profile, { simplify }) : null,
					} as IDataObject,
				];
			},
		};
	},
};

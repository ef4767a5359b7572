import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Operation, PreparedItem } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { fieldOf } from '../../trunkGroup/catalogue';
import { isStoredAs } from '../../trunkGroup/comparison';
import { parsePayload, readDesired, type DesiredFields } from '../../trunkGroup/desired';
import type { JsonObject } from '../../trunkGroup/json';
import { keyText, trunkGroupText, type TrunkGroupKey } from '../../trunkGroup/key';
import { mask, MASK } from '../../trunkGroup/masking';
import { createBody, missingNeeded, unwritable } from '../../trunkGroup/payload';
import { OdinFailure } from '../../transport/failure';
import type { Odin } from '../../transport/odin';
import { groupLocator, serviceProviderLocator } from '../locators';
import {
	includeSipPasswordOption,
	optionsCollection,
	previewOnlyOption,
	timeoutOption,
} from '../optionEntries';
import { generateSipPassword } from '../sipPassword/generation';
import { authenticationProperties, readAuthentication } from './authentication';
import { payloadHints, readKey } from './input';
import {
	findTrunkGroup,
	profileIn,
	shapeProfile,
	TRUNK_GROUPS,
	type Profile,
	type ProfileShape,
} from './profile';
import {
	maxActiveCallsProperty,
	nameProperty,
	payloadProperty,
	simplifyProperty,
} from './properties';
import { sectionNames, sections } from './sections';

const ifExistsOption: INodeProperties = {
	displayName: 'If Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Stop with a message that names the trunk group',
		},
		{
			name: 'Return Existing',
			value: 'returnExisting',
			description: 'Put the profile of the existing trunk group on the output, unchanged',
		},
	],
	default: 'fail',
	description: 'What to do when the group already has a trunk group with this name',
};

const ifExistsRule = {
	name: 'ifExists',
	label: 'If Exists',
	type: 'choice' as const,
	choices: ['fail', 'returnExisting'],
};

/** What one item asks to create. */
interface Creation {
	key: TrunkGroupKey;
	body: JsonObject;
	generatePassword: boolean;
	returnExisting: boolean;
	includeSipPassword: boolean;
	simplify: boolean;
}

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a trunk group',
	description: 'Create a trunk group with the documented defaults of the Odin API',
	properties: [
		serviceProviderLocator,
		groupLocator,
		nameProperty,
		maxActiveCallsProperty,
		...authenticationProperties,
		...sections({ writes: ['create'], without: ['maxActiveCalls'] }),
		payloadProperty,
		simplifyProperty,
		optionsCollection(ifExistsOption, includeSipPasswordOption, previewOnlyOption, timeoutOption),
	],
	prepare(parameters: ItemParameters): PreparedItem {
		const payload = parsePayload(parameters.read('payload'));
		const key = readKey(parameters, payload, parameters.read('name'));
		const entries = Object.assign({}, ...sectionNames.map((name) => parameters.collection(name)));
		const authentication = readAuthentication(parameters, payload);
		const desired = readDesired({
			entries: {
				...entries,
				...authentication.entries,
				maxActiveCalls: parameters.read('maxActiveCalls'),
			},
			payload,
			group: key,
			yielding: { maxActiveCalls: 1, requireAuthentication: false },
		});
		const creation: Creation = {
			key,
			body: createBody(key, desired),
			generatePassword: authentication.generate,
			returnExisting: parameters.option<string>(ifExistsRule, 'fail') === 'returnExisting',
			includeSipPassword: parameters.option(
				flag('includeSipPassword', 'Include SIP Password'),
				false,
			),
			simplify:
				parameters.given(flag('simplify', 'Simplify'), parameters.read('simplify')) === true,
		};
		parameters.issues.push(...desired.issues, ...creationIssues(creation, desired));
		const previewOnly = parameters.option(flag('previewOnly', 'Preview Only'), false);
		return {
			subject: trunkGroupText(key),
			uniqueKey: keyText(key),
			hints: hintsFor(creation, desired, previewOnly),
			run: async (odin) => [await (previewOnly ? preview : carryOut)(odin, creation)],
		};
	},
};

const flag = (name: string, label: string) => ({ name, label, type: 'boolean' as const });

function creationIssues(creation: Creation, desired: DesiredFields) {
	const { body, generatePassword } = creation;
	const refused = new Set(desired.issues.map(({ label }) => label));
	const has = (name: string) =>
		body[name] !== undefined ||
		refused.has(fieldOf(name).label) ||
		(name === 'sipAuthenticationPassword' && generatePassword);
	const issues = [...unwritable(desired, 'create'), ...missingNeeded((name) => body[name], has)];
	if (!has('maxActiveCalls')) {
		issues.push({ label: fieldOf('maxActiveCalls').label, reason: 'is needed' });
	}
	return issues;
}

function hintsFor(creation: Creation, desired: DesiredFields, previewOnly: boolean): string[] {
	const hints = payloadHints(desired);
	if (creation.generatePassword && !creation.includeSipPassword && !previewOnly) {
		hints.push(
			"The generated SIP password is lost for good, since Odin never returns it. Turn on 'Include SIP Password' in the options to have it in the output",
		);
	}
	return hints;
}

/** What Odin would be asked, as far as reading tells. */
async function preview(odin: Odin, creation: Creation): Promise<IDataObject> {
	const existing = await findTrunkGroup(odin, creation.key);
	if (existing && !creation.returnExisting) throw duplicate(creation.key);
	const body = creation.generatePassword
		? { ...creation.body, sipAuthenticationPassword: MASK }
		: creation.body;
	return {
		preview: true,
		outcome: existing ? 'unchanged' : 'created',
		changes: [],
		request: existing ? null : { method: 'POST', path: TRUNK_GROUPS, body: mask(body) },
	};
}

async function carryOut(odin: Odin, creation: Creation): Promise<IDataObject> {
	const { key, generatePassword, includeSipPassword, simplify } = creation;
	const body = generatePassword
		? {
				...creation.body,
				sipAuthenticationPassword: await generateSipPassword(
					odin,
					key,
					String(creation.body.sipAuthenticationUserName ?? ''),
				),
			}
		: creation.body;
	odin.keepSecret(body.sipAuthenticationPassword);
	const { profile, created } = await createOrFind(odin, creation, body);
	const shape: ProfileShape = { simplify };
	if (includeSipPassword && created && typeof body.sipAuthenticationPassword === 'string') {
		shape.sipPassword = body.sipAuthenticationPassword;
	}
	return shapeProfile(profile, shape);
}

async function createOrFind(
	odin: Odin,
	{ key, returnExisting }: Creation,
	body: JsonObject,
): Promise<{ profile: Profile; created: boolean }> {
	const outcome = await odin.send({
		method: 'POST',
		path: TRUNK_GROUPS,
		body,
		purpose: `create ${trunkGroupText(key)}`,
	});
	if (outcome.ok) {
		const profile = profileIn(outcome.body, key.name) ?? (await readBack(odin, key));
		return { profile, created: true };
	}
	const { failure } = outcome;
	if (failure.kind === 'lost') {
		return { profile: await settleLost(odin, key, body, failure), created: true };
	}
	const refusedByOdin =
		failure.httpStatus !== undefined && Math.floor(failure.httpStatus / 100) === 4;
	if (returnExisting && refusedByOdin) {
		const existing = await findTrunkGroup(odin, key);
		if (existing) return { profile: existing, created: false };
	}
	throw isDuplicate(failure) ? duplicate(key, failure) : failure;
}

/** Odin said yes but did not show the profile. */
async function readBack(odin: Odin, key: TrunkGroupKey): Promise<Profile> {
	const profile = await findTrunkGroup(odin, key);
	if (profile) return profile;
	throw new OdinFailure({
		kind: 'lost',
		message: `Odin accepted to create ${trunkGroupText(key)}, but does not have it`,
		description: 'Look in Odin before you run this again',
	});
}

/**
 * The answer was lost, so the trunk group may or may not be there. It is read by name and never created a second
 * time: found as it was asked for, that is the result.
 */
async function settleLost(
	odin: Odin,
	key: TrunkGroupKey,
	body: JsonObject,
	lost: OdinFailure,
): Promise<Profile> {
	let profile: Profile | undefined;
	try {
		profile = await findTrunkGroup(odin, key);
	} catch (error) {
		throw afterLoss(
			lost,
			`${lost.message}. Reading it did not settle that: ${(error as Error).message}`,
		);
	}
	if (!profile) {
		throw afterLoss(
			lost,
			`${lost.message}. Odin did not have ${trunkGroupText(key)} right afterwards`,
		);
	}
	const different = Object.entries(body).filter(
		([name, value]) => name !== 'sipAuthenticationPassword' && differs(name, value, profile),
	);
	if (different.length === 0) return profile;
	throw afterLoss(
		lost,
		`${lost.message}. Odin has ${trunkGroupText(key)}, but with other values of: ${different.map(([name]) => name).join(', ')}`,
	);
}

/** Fields that no profile shows can't tell whether the trunk group is the one that was asked for. */
const differs = (name: string, value: JsonObject[string], profile: Profile): boolean =>
	name in profile && !isStoredAs(name, value, profile[name]);

const afterLoss = (lost: OdinFailure, message: string): OdinFailure =>
	new OdinFailure({
		kind: 'lost',
		message,
		description: lost.description,
		httpStatus: lost.httpStatus,
		odinMessage: lost.odinMessage,
	});

/** Odin's words for a name that is taken are known from no public source, so several are understood. */
const isDuplicate = ({ httpStatus, odinMessage = '' }: OdinFailure): boolean =>
	httpStatus === 409 ||
	/already (exist|in use|being used|used|taken|defined|present|created)|duplicate|must be unique|not unique/i.test(
		odinMessage,
	);

function duplicate(key: TrunkGroupKey, failure?: OdinFailure): OdinFailure {
	const words = failure?.odinMessage === undefined ? '' : `. Odin says: ${failure.odinMessage}`;
	return new OdinFailure({
		kind: 'refused',
		message: `There is already a ${trunkGroupText(key)}${words}`,
		description:
			"Nothing was created. To go on with the existing one, set 'If Exists' in the options to 'Return Existing'; to bring it to these values, use the operation 'Create or Update'",
		httpStatus: failure?.httpStatus,
		odinMessage: failure?.odinMessage,
		details: { ...key },
	});
}

import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../execution/operation';
import { serviceProviderText } from '../../model/key';
import { isObject } from '../../values/json';
import { readServiceProviderId } from '../../provisioning/scope';
import { serviceProviderLocator } from '../../provisioning/locators';
import { countOf, nameOf, switchOf } from '../../values/wireValues';
import { optionsCollection } from '../../provisioning/options';
import { withoutList } from '../../provisioning/rows';
import { withoutCapacity } from './capacity';

export const getReport: Operation = {
	name: 'Get Report',
	value: 'getReport',
	action: 'Get call capacity report',
	description: 'Get the call capacity of all groups of a service provider, one item per group',
	properties: [serviceProviderLocator, optionsCollection()],
	prepare(parameters) {
		const serviceProviderId = readServiceProviderId(parameters);
		return {
			subject: `the call capacity report of ${serviceProviderText(serviceProviderId)}`,
			async run(odin) {
				const purpose = `read the call capacity report of ${serviceProviderText(serviceProviderId)}`;
				const body = await odin.request({
					method: 'GET',
					path: '/service-providers/trunk-groups/call-capacity/reports',
					query: { serviceProviderId },
					purpose,
				});
				return reportRows(reportIn(body, purpose), serviceProviderId);
			},
		};
	},
};

/** The report; a list without anything around it counts as its groups. Nobody may take anything else for no groups. */
function reportIn(body: unknown, purpose: string): Record<string, unknown> {
	const report = Array.isArray(body) ? { groups: body } : record(body);
	const lists = [report.groups, report.groupTrunkGroupDetails].filter(Array.isArray);
	if (lists.length === 0) throw withoutCapacity(purpose);
	// An id alone says nothing of a capacity. Where Odin has no row it may leave null.
	if (!lists.flat().every((row) => row === null || isObject(row))) throw withoutList(purpose);
	return report;
}

const list = (value: unknown): Array<Record<string, unknown>> =>
	Array.isArray(value) ? value.filter(isObject) : [];

const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/**
 * Odin's report has two shapes, and may have both: `groups` with the ceiling of each group, as it is documented, and
 * `groupTrunkGroupDetails` with a row a trunk group, which the portal reads. Both become one row a group.
 */
function reportRows(body: Record<string, unknown>, serviceProviderId: string): IDataObject[] {
	const groups = list(body.groups);
	const details = list(body.groupTrunkGroupDetails);
	const ids = new Set([...groups, ...details].map((row) => nameOf(row.groupId)));
	const whole = record(body.serviceProviderTrunkCapacity);
	return [...ids].map((groupId) => {
		const group = record(groups.find((row) => nameOf(row.groupId) === groupId));
		const ceiling = record(group.groupTrunkCapacity);
		// Without the second shape nothing is known of the trunk groups; none is not the same as unknown.
		const trunkGroups = Array.isArray(body.groupTrunkGroupDetails)
			? details.filter((row) => nameOf(row.groupId) === groupId).map(trunkGroupRow)
			: null;
		return {
			serviceProviderId,
			groupId,
			serviceProviderMaxActiveCalls: countOf(whole.maxActiveCalls),
			serviceProviderBurstingMaxActiveCalls: countOf(whole.burstingMaxActiveCalls),
			groupName: nameOf(group.groupName),
			userLimit: countOf(group.userLimit),
			maxActiveCalls: countOf(ceiling.maxActiveCalls),
			maxAvailableActiveCalls: countOf(ceiling.maxAvailableActiveCalls),
			burstingMaxActiveCalls: countOf(ceiling.burstingMaxActiveCalls),
			burstingMaxAvailableActiveCalls: countOf(ceiling.burstingMaxAvailableActiveCalls),
			trunkGroupsMaxActiveCalls: sumOf(trunkGroups),
			trunkGroups,
		};
	});
}

type TrunkGroupRow = ReturnType<typeof trunkGroupRow>;

/** Null where one of the numbers is not known. */
function sumOf(trunkGroups: TrunkGroupRow[] | null): number | null {
	let sum = 0;
	for (const { maxActiveCalls } of trunkGroups ?? []) {
		if (maxActiveCalls === null) return null;
		sum += maxActiveCalls;
	}
	return trunkGroups && sum;
}

const trunkGroupRow = (row: Record<string, unknown>) => ({
	name: nameOf(row.name),
	maxActiveCalls: countOf(row.maxActiveCalls),
	maxIncomingCalls: countOf(row.maxIncomingCalls),
	maxOutgoingCalls: countOf(row.maxOutgoingCalls),
	enableBursting: switchOf(row.enableBursting),
	burstingMaxAvailableActiveCalls: countOf(row.burstingMaxAvailableActiveCalls),
});

import type { RealN8n } from '../support/realN8n';
import { importExample } from './support/exampleWorkflow';
import { runByHand } from './support/manualRun';
import { writes } from './support/writes';

/**
 * What the button Execute does with an example that was just imported: a node that ran, and what was written to Odin.
 * The editor takes a schedule before a manual trigger.
 */
const EXAMPLES: Array<[file: string, trigger: string, reached: string, written: string[]]> = [
	['ticket-to-trunk-group.json', 'Ticket', 'Answer: Done', ['POST /groups/trunk-groups']],
	['deal-to-trunk-group.json', 'Deal Won', 'Done', ['POST /groups/trunk-groups']],
	['spreadsheet-to-trunk-groups.json', 'Upload Spreadsheet', 'Give Back the Result', []],
	['approval-before-create.json', 'Request', 'Wait for Decision', []],
	['nightly-audit.json', 'Every Night', 'Audited', []],
	['weekly-audit.json', 'Every Monday', 'Send Email', []],
	['capacity-alert.json', 'Every Morning', 'Send Alert', []],
	['live-capacity-alert.json', 'Capacity Used', 'Send Alert', []],
	['trunk-unavailable-ticket.json', 'State Changed', 'Open Ticket', []],
	['drift-alert.json', 'Every Hour', 'Send Alert', []],
	['decommission.json', 'Ticket', 'Wait for Decision', []],
	['operator-form.json', 'Start', 'Confirm Plan', []],
	['port-in-day.json', 'Every Morning', 'Done', ['PUT /groups/dns']],
	// As a success: each user of the example network would be rotated.
	['sip-password-rotation.json', 'Every Quarter', 'Done', []],
	['take-down.json', 'Ticket', 'Wait for Decision', []],
	['customers-to-sip-trunks.json', 'Upload Customers', 'Give Back the Result', []],
	['agent-tools.json', 'Try It', 'Check the Credential', []],
];

export function firstClick(server: () => RealN8n): void {
	it.each(EXAMPLES)('runs %s from %s to %s', async (file, trigger, reached, written) => {
		const { network } = server().simulator;
		for (const name of ['acme-hq-trunk-1', 'deal-4711']) {
			const left = network.trunkGroup('acme-ent', 'acme-hq', name);
			if (left !== undefined) network.removeTrunkGroup(left);
		}
		const workflowId = await importExample(server(), file, { pinned: true, saved: true });
		const { nodes } = await runByHand(server().api, workflowId, trigger);
		expect(nodes).toContain(reached);
		expect(writes(server().simulator)).toEqual(written);
	});
}

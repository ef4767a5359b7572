import { useOdin } from '../support/odinRuns';

const odin = useOdin();

it('shows', async () => {
	const key = { serviceProviderId: 'globex-ent', groupId: 'globex-south', trunkGroup: 'south-trunk-1' };
	const { output, hints } = await odin.run('trunkGroup.getReferences', key);
	console.log(JSON.stringify(output), hints);
	console.log(await odin.complaint('trunkGroup.getReferences', { ...key, trunkGroup: 'x' }));
});

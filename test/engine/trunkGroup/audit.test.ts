import { useOdin, type Json } from '../support/odinRuns';

const odin = useOdin();

it('shows', async () => {
	const found = await odin.all('trunkGroup.audit', { serviceProviderId: 'globex-ent' });
	console.log(JSON.stringify(found, null, 1));
	console.log(odin.requests().length, await odin.hints('trunkGroup.audit', {}));
	console.log(JSON.stringify((await odin.all('trunkGroup.audit', {})).map(({rule,name,groupId}: Json) => [rule, name, groupId])));
});

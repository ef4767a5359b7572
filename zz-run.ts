import { Odin } from './bench/odin';
import { Workflows } from './bench/workflow';
import { contenders, bodyOf } from './bench/contenders';
import { CREATES } from './bench/creates';
import { measure } from './bench/rounds';
import { Session } from 'node:inspector';
import { writeFileSync } from 'node:fs';
const [, , base, roundsText, which] = process.argv;
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!;
(async () => {
	const odin = await Odin.start();
	const workflows = await Workflows.start(odin.account, base!);
	const one = await bodyOf(workflows, CREATES.one);
	const all = contenders({ workflows, axios: undefined as never, odin, bodies: { one, five: one, all: one } });
	const o = all.find((c) => c.id === 'odin-10')!, b = all.find((c) => c.id === 'bare-10')!;
	for (const c of [o, b, o, b]) await measure(odin, c, 500);
	if (which) {
		const c = which === 'bare' ? b : o;
		const s = new Session(); s.connect();
		const post = (m: string, p?: object) => new Promise<any>((r) => s.post(m, p as never, (_e: unknown, v: unknown) => r(v)));
		await post('Profiler.enable'); await post('Profiler.setSamplingInterval', { interval: 200 });
		await post('Profiler.start');
		for (let i = 0; i < Number(roundsText); i++) await measure(odin, c, 1000);
		const { profile } = await post('Profiler.stop');
		writeFileSync(`/tmp/cpu/${which}.cpuprofile`, JSON.stringify(profile));
	} else {
		const rs: number[] = [], oc: number[] = [], bc: number[] = [], w: number[] = [], se: number[] = [];
		for (let i = 0; i < Number(roundsText); i++) {
			const order = i % 2 ? [b, o] : [o, b];
			const got = new Map<string, any>();
			for (const c of order) got.set(c.id, await measure(odin, c, 1000));
			const x = got.get('odin-10'), y = got.get('bare-10');
			rs.push(x.cpuMs / y.cpuMs); oc.push(x.cpuMs / 1000); bc.push(y.cpuMs / 1000);
			w.push(y.wallMs / x.wallMs); se.push(y.sendingMs / x.sendingMs);
		}
		console.log(`cpu ratio ${med(rs).toFixed(3)} (${rs[0]!.toFixed(2)}-${rs.at(-1)!.toFixed(2)}) odin ${med(oc).toFixed(3)} bare ${med(bc).toFixed(3)} min ${oc[0]!.toFixed(3)}/${bc[0]!.toFixed(3)} whole ${med(w).toFixed(3)} sending ${med(se).toFixed(3)}`);
	}
	await workflows.stop(); await odin.stop(); process.exit(0);
})().catch((e) => { console.error(e); process.exit(1); });

import { type Simulator, startSimulator } from '../../simulator';
import { logIn, type OdinClient } from './odinClient';

/**
 * A simulated Odin of its own for every test, and a client that is logged in.
 *
 * @param arrange what is there beside the example network
 */
export function useSimulator(
	arrange: (odin: { simulator: Simulator; client: OdinClient }) => Promise<void> | void = () => {},
): { readonly simulator: Simulator; readonly client: OdinClient } {
	let odin: { simulator: Simulator; client: OdinClient };
	beforeEach(async () => {
		const simulator = await startSimulator();
		odin = { simulator, client: await logIn(simulator) };
		await arrange(odin);
	});
	afterEach(async () => await odin.simulator.close());
	return {
		get simulator() {
			return odin.simulator;
		},
		get client() {
			return odin.client;
		},
	};
}

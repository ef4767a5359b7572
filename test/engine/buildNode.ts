import { buildOf } from './harness/builtPackage';

/** Before the workers begin, so that one of them does not build what another one is building. */
export default function buildNode(): void {
	buildOf();
}

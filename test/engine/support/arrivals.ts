import type { RecordedRequest } from '../../../simulator';

/** The most requests that reached Odin within any one second. */
export function mostAtOnceInASecond(requests: readonly RecordedRequest[]): number {
	const times = requests.map(({ startedAt }) => startedAt).sort((one, other) => one - other);
	let most = 0;
	let first = 0;
	times.forEach((time, index) => {
		while (time - times[first]! >= 1000) first += 1;
		most = Math.max(most, index - first + 1);
	});
	return most;
}

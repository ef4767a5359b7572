/** Works on all, only `width` at a time, and gives the results in order. After a failure nothing more is begun. */
export async function inOrder<One, Result>(
	all: readonly One[],
	width: number,
	work: (one: One) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	let next = 0;
	let isStopped = false;
	const worker = async (): Promise<void> => {
		while (next < all.length && !isStopped) {
			const place = next++;
			results[place] = await work(all[place]!).catch((error: unknown) => {
				isStopped = true;
				throw error;
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, all.length) }, worker));
	return results;
}

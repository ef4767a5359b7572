/** Reads that several share: each is sent once, and anew after one that did not succeed or after `forget`. */
export class ReadOnce {
	private readonly known = new Map<string, Promise<unknown>>();

	/** @param lasting names of reads that nothing changes which is written meanwhile */
	constructor(private readonly lasting: readonly string[] = []) {}

	async once<Value>(name: string, read: () => Promise<Value>): Promise<Value> {
		const reading = (this.known.get(name) as Promise<Value> | undefined) ?? read();
		this.known.set(name, reading);
		return await reading.catch((error: unknown) => {
			this.known.delete(name);
			throw error;
		});
	}

	/** Something was written. */
	forget(): void {
		for (const name of this.known.keys()) {
			if (!this.lasting.includes(name)) this.known.delete(name);
		}
	}
}

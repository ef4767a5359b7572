type Key = Readonly<Record<string, unknown>>;

/** Records by a key of some of their fields, in order of arrival. What it returns are the stored records themselves. */
export class RecordStore<T extends object> {
	private records = new Map<string, T>();

	/** @param spell how the last part of the key, the name, is stored and found */
	constructor(
		private readonly key: readonly string[],
		private readonly spell: (name: string) => string = (name) => name,
	) {}

	/** All records, or those with certain values. */
	all(where: Key = {}): T[] {
		const wanted = Object.entries(where);
		return [...this.records.values()].filter((record) =>
			wanted.every(([name, value]) => valueIn(record, name) === value),
		);
	}

	find(key: object): T | undefined {
		return this.records.get(this.textOf(key));
	}

	add(record: T): T {
		this.records.set(this.textOf(record), record);
		return record;
	}

	remove(record: T): void {
		this.records.delete(this.textOf(record));
	}

	clear(): void {
		this.records = new Map();
	}

	/** Gives a stored record other values, in place. */
	change(record: T, values: object): void {
		const before = this.textOf(record);
		for (const name of Object.keys(record)) Reflect.deleteProperty(record, name);
		Object.assign(record, values);
		if (this.textOf(record) === before) return;
		this.records.delete(before);
		this.add(record);
	}

	/** The key of a record. */
	keyOf(record: T): Key {
		return Object.fromEntries(this.key.map((name) => [name, valueIn(record, name)]));
	}

	copyOfRecords(): Map<string, object> {
		return structuredClone(this.records);
	}

	/** Puts other records in the place of the present ones, which it returns. */
	exchange(records: Map<string, object>): Map<string, object> {
		const present = this.records;
		this.records = records as Map<string, T>;
		return present;
	}

	private textOf(record: object): string {
		const parts = this.key.map((name) => valueIn(record, name) ?? null);
		const name = parts.pop();
		return JSON.stringify([...parts, name === null ? null : this.spell(String(name))]);
	}
}

function valueIn(record: object, name: string): unknown {
	return (record as Key)[name];
}

const SPELLINGS = {
	asSent: (name: string) => name,
	trimmed: (name: string) => name.trim(),
	singleSpaces: (name: string) => name.trim().replace(/\s+/g, ' '),
	lowerCase: (name: string) => name.toLowerCase(),
	upperCase: (name: string) => name.toUpperCase(),
};

export type StoredNames = keyof typeof SPELLINGS;

/** A name as it is stored. */
export function spelling(stored: StoredNames, name: string): string {
	return SPELLINGS[stored](name);
}

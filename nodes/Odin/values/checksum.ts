/** Tells that a text was changed (FNV-1a, 32 bits); far too short to tell what it was. */
export function checksum(text: string): number {
	let sum = 0x811c9dc5;
	for (const character of text) sum = Math.imul(sum ^ character.codePointAt(0)!, 0x01000193);
	return sum >>> 0;
}

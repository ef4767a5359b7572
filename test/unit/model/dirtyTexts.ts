import fc from 'fast-check';

const WHITE = [' ', '\t', '\r', '\n', '\u00a0', '\u2003', '\u3000', '\ufeff'];

/** What spreadsheets and web pages leave around a value. */
export const whiteSpace = fc.string({ unit: fc.constantFrom(...WHITE), maxLength: 3 });

const piece = fc.oneof(
	fc.constantFrom(...WHITE),
	fc.constantFrom('\u200b', '\u00ad', '\u200e', '\ufe0f', '\ufffd', '\ud800', '\u0000', '  '),
	fc.constantFrom('0', '007', '25', '1.0', 'E+11', '+', '-', '.', ',', "'", '"', '\\', '@', '#N/A'),
	fc.constantFrom(
		'true',
		'FALSE',
		'No Calls',
		'none',
		'acme',
		'sbc-1',
		'example.com',
		'é',
		'漢',
		'📞',
	),
);

/** A text put together from what such cells have in them. */
export const dirtyText = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

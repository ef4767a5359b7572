/** What a request is for, so that a message can speak of it in any voice and name its subject once. */
export interface RequestSubject {
	/** `create` */
	verb: string;
	/** `created` */
	participle: string;
	/** `creating` */
	gerund: string;
	/** `trunk group 'x' in group 'g'` */
	object: string;
}

const UNUSUAL: Record<string, Pick<RequestSubject, 'participle' | 'gerund'>> = {
	read: { participle: 'read', gerund: 'reading' },
	set: { participle: 'set', gerund: 'setting' },
	get: { participle: 'got', gerund: 'getting' },
	find: { participle: 'found', gerund: 'finding' },
	take: { participle: 'taken', gerund: 'taking' },
};

/** @param purpose a verb phrase such as `create trunk group 'x' in group 'g'` */
export function subjectOf(purpose: string): RequestSubject {
	const space = purpose.indexOf(' ');
	const verb = space < 0 ? purpose : purpose.slice(0, space);
	const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
	return {
		verb,
		participle: `${stem}ed`,
		gerund: `${stem}ing`,
		...UNUSUAL[verb],
		object: space < 0 ? 'it' : purpose.slice(space + 1),
	};
}

/** What an action is done to, and with what: names are quoted, and none of their words counts. */
const TARGET = /^((?:'[^']*'|[^'])*?)( (?:to|from|off|for) .*)?$/;

/** `trunk group 'x' in group 'g' could not be created`, `number '1' could not be assigned to group 'g'` */
export function impossible(purpose: string): string {
	const { participle, object } = subjectOf(purpose);
	const [, thing = object, target = ''] = TARGET.exec(object) ?? [];
	return `${thing} could not be ${participle}${target}`;
}

/** `creating trunk group 'x' in group 'g'` */
export function doing(purpose: string): string {
	const { gerund, object } = subjectOf(purpose);
	return `${gerund} ${object}`;
}

import type { IDataObject } from 'n8n-workflow';

import type { AxiosClient } from './axiosClient';
import { CREATES, type Creates } from './creates';
import type { Odin } from './odin';
import type { Account } from './simulatorMessages';
import type { Taken } from './stopwatch';
import type { Measured, Workflows } from './workflow';

/** One way to create trunk groups, for as many items as asked for. */
export interface Contender {
	id: string;
	label: string;
	/** Part of the items of a round; the slow ones get fewer. */
	share: number;
	/** Most requests at once; undefined for no limit. */
	concurrency?: number;
	create(items: number): Promise<Taken>;
}

const ADDRESS = '/groups/trunk-groups';

/** An Odin node with these creates. */
export const odinNode = (creates: Creates, concurrency: number): Measured => ({
	type: 'odin',
	parameters: {
		resource: 'trunkGroup',
		operation: 'create',
		...creates.parameters,
		options: { concurrency },
	},
});

/** The bare node with this body. */
export const bareNode = (
	{ baseUrl }: Account,
	body: IDataObject,
	concurrency: number,
): Measured => ({
	type: 'bare',
	parameters: {
		url: baseUrl + ADDRESS,
		name: byExpression('name'),
		fields: JSON.stringify(body),
		concurrency,
	},
});

/** The items for a way of creating, beside their names the same for all. */
const itemsFor = ({ row, expressions }: Creates, body: IDataObject, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		name: `sbc-${index}`,
		...row,
		// Where the columns of an item are mapped, this would be one.
		...(expressions > 0 && { body }),
	}));

/** The body that the Odin node sends for a way of creating: everybody sends this one. */
export async function bodyOf(workflows: Workflows, creates: Creates): Promise<IDataObject> {
	const { type, parameters } = odinNode(creates, 1);
	const preview = { ...parameters, options: { previewOnly: true } };
	const { output } = await workflows.run({ type, parameters: preview }, itemsFor(creates, {}, 1));
	const request = output[0]?.json.request as { body: IDataObject } | undefined;
	if (!request) throw new Error(`Odin would not take ${creates.label}.`);
	return request.body;
}

/** The same body with as many expressions, in the fields of HTTP Request. */
export function httpRequestNode(
	{ baseUrl }: Account,
	body: IDataObject,
	expressions: number,
): Measured {
	const others = Object.keys(body).filter((name) => name !== 'name');
	const fields = ['name', ...others].map((name, index) => ({
		name,
		value: index < expressions ? byExpression(name) : body[name],
	}));
	return {
		type: 'httpRequest',
		parameters: {
			method: 'POST',
			url: baseUrl + ADDRESS,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'odinApi',
			sendBody: true,
			specifyBody: 'keypair',
			bodyParameters: { parameters: fields as IDataObject[] },
			options: {},
		},
	};
}

const byExpression = (field: string): string =>
	field === 'name' ? '={{ $json.name }}' : `={{ $json.body.${field} }}`;

interface Means {
	workflows: Workflows;
	axios: AxiosClient;
	odin: Odin;
	/** The body that is sent, for each way of creating */
	bodies: Record<keyof typeof CREATES, IDataObject>;
}

/** Everybody who is measured. */
export function contenders({ workflows, axios, odin, bodies }: Means): Contender[] {
	const node =
		(measured: Measured, kind: keyof typeof CREATES) =>
		async (count: number): Promise<Taken> =>
			await workflows.run(measured, itemsFor(CREATES[kind], bodies[kind], count));
	const kinds = Object.keys(CREATES) as Array<keyof typeof CREATES>;
	return [
		...[5, 10, 20].flatMap((concurrency): Contender[] => [
			{
				id: `odin-${concurrency}`,
				label: `Odin node, concurrency ${concurrency}`,
				share: 1,
				concurrency,
				create: node(odinNode(CREATES.one, concurrency), 'one'),
			},
			...[false, true].map(
				(keepAlive): Contender => ({
					id: `axios-${concurrency}${keepAlive ? '-keepAlive' : ''}`,
					label: `axios ${keepAlive ? 'with' : 'without'} keep-alive, concurrency ${concurrency}`,
					share: 1,
					concurrency,
					create: async (count) =>
						await axios.create(
							itemsFor(CREATES.one, {}, count).map(({ name }) => ({ ...bodies.one, name })),
							{ concurrency, keepAlive },
						),
				}),
			),
		]),
		...[1, 10].map(
			(concurrency): Contender => ({
				id: `bare-${concurrency}`,
				label: concurrency === 1 ? 'Sequential node' : `Bare node, concurrency ${concurrency}`,
				share: concurrency === 1 ? 0.1 : 1,
				concurrency,
				create: node(bareNode(odin.account, bodies.one, concurrency), 'one'),
			}),
		),
		...kinds.flatMap((kind): Contender[] => {
			const { label, expressions } = CREATES[kind];
			const share = kind === 'all' ? 0.2 : kind === 'five' ? 0.5 : 1;
			const sent = Object.keys(bodies[kind]).length;
			const asMany = Math.min(expressions, sent);
			const http: Contender = {
				id: `http-${kind}`,
				label: `HTTP Request node, ${kind === 'all' ? `all ${asMany} fields by expressions` : label}`,
				share,
				create: node(httpRequestNode(odin.account, bodies[kind], asMany), kind),
			};
			if (kind === 'one') return [http];
			const ofKind: Contender = {
				id: `odin-${kind}`,
				label: `Odin node, concurrency 10, ${kind === 'all' ? `${label} (${expressions} expressions)` : label}`,
				share,
				concurrency: 10,
				create: node(odinNode(CREATES[kind], 10), kind),
			};
			return kind === 'columns' || kind === 'constants' ? [ofKind] : [http, ofKind];
		}),
	];
}

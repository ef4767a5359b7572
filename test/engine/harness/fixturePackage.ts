/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { modulesFolder } from './mainRealm';

const manifest = {
	name: 'n8n-nodes-fixture',
	version: '1.2.3',
	n8n: {
		n8nNodesApiVersion: 1,
		credentials: ['dist/credentials/FixtureApi.credentials.js'],
		nodes: ['dist/nodes/Fixture/Fixture.node.js'],
	},
};

const credential = `
exports.FixtureApi = class {
	name = 'fixtureApi';
	displayName = 'Fixture API';
	properties = [
		{ displayName: 'URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'User', name: 'username', type: 'string', default: 'anna' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
	];
	async preAuthentication({ baseUrl, username, password }) {
		const { token } = await this.helpers.httpRequest({
			method: 'POST', url: baseUrl + '/login', body: { username, password }, json: true,
		});
		return { token };
	}
	authenticate = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.token }}' } },
	};
	test = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/profile' },
		rules: [
			{ type: 'responseSuccessBody', properties: { key: 'state', value: 'locked', message: 'Account is locked' } },
			{ type: 'responseCode', properties: { value: 418, message: 'This is a teapot' } },
		],
	};
};`;

const node = `
const { NodeApiError } = require('n8n-workflow');

let made = 0;

exports.Fixture = class {
	description = {
		displayName: 'Fixture', name: 'fixture', icon: 'file:fixture.svg', group: ['output'], version: 1,
		description: 'For the harness', defaults: { name: 'Fixture' }, inputs: ['main'], outputs: ['main'],
		usableAsTool: true,
		credentials: [{ name: 'fixtureApi', required: true }],
		properties: [
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			{ displayName: 'Needed', name: 'needed', type: 'string', default: 'given', required: true },
			{ displayName: 'Decrypt Once', name: 'decryptOnce', type: 'boolean', default: false },
			{ displayName: 'Error Style', name: 'errorStyle', type: 'string', default: 'json' },
		],
	};

	methods = {
		listSearch: {
			async searchThings(filter, paginationToken) {
				const { baseUrl } = await this.getCredentials('fixtureApi');
				const prefix = this.getCurrentNodeParameter('name');
				const rows = await this.helpers.httpRequestWithAuthentication.call(
					this, 'fixtureApi', { url: baseUrl + '/things', qs: { filter, paginationToken, prefix }, json: true },
				);
				return { results: rows.map((name) => ({ name, value: name })), paginationToken: 2 };
			},
		},
	};

	async execute() {
		const items = this.getInputData();
		const credentials = await this.getCredentials('fixtureApi');
		const finished = this.getContext('node');
		const once = this.getNodeParameter('decryptOnce', 0)
			? { credentialsDecrypted: { id: '', name: '', type: 'fixtureApi', data: credentials } }
			: {};
		made += 1;
		this.logger.info('made ' + made, { nested: { user: credentials.username } });
		this.addExecutionHints({ message: 'Saw ' + items.length + ' items' });
		const output = [];
		for (const [i, item] of items.entries()) {
			const name = this.getNodeParameter('name', i);
			const isRemembered = this.getNode().retryOnFail && name in finished;
			try {
				const json = isRemembered ? finished[name] : await this.helpers.httpRequestWithAuthentication.call(
					this, 'fixtureApi',
					{ method: 'POST', url: credentials.baseUrl + '/things', body: { name }, json: true },
					{ preAuthenticationRetryStatusCode: [401, 403], ...once },
				);
				finished[name] = json;
				output.push({ json, pairedItem: { item: i } });
			} catch (error) {
				if (!this.continueOnFail()) {
					throw new NodeApiError(this.getNode(), error, { itemIndex: i });
				}
				output.push(this.getNodeParameter('errorStyle', i) === 'json'
					? { json: { error: error.message, details: { name } }, pairedItem: { item: i } }
					: { json: { name }, error, pairedItem: { item: i } });
			}
		}
		return [output];
	}
};`;

const codex = { node: 'n8n-nodes-fixture.fixture', categories: ['Miscellaneous'], resources: {} };

/** Writes a little node package, as built, into a temporary folder and returns the folder. */
export function writeFixturePackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-fixture-'));
	const files = {
		'package.json': JSON.stringify(manifest),
		'dist/credentials/FixtureApi.credentials.js': credential,
		'dist/nodes/Fixture/Fixture.node.js': node,
		'dist/nodes/Fixture/Fixture.node.json': JSON.stringify(codex),
		'dist/nodes/Fixture/fixture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
	};
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	// As in n8n, where a community package resolves n8n's own n8n-workflow.
	symlinkSync(modulesFolder, join(folder, 'node_modules'));
	return folder;
}

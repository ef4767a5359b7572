/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { PackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialType,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';

import { mainRequire, type N8n } from './mainRealm';
import { stubNodes } from './stubNodes';

/** The built package as n8n loads it from its nodes folder, and the stubs beside it. */
export class NodePackage {
	/** e.g. n8n-nodes-odin.odin */
	readonly nodeTypeName: string;
	readonly packageName: string;
	readonly credentialTypeName: string;
	readonly description: INodeTypeDescription;
	readonly nodeTypes: INodeTypes;

	private constructor(
		private readonly n8n: N8n,
		private readonly loader: PackageDirectoryLoader,
		extraNodeTypes: Readonly<Record<string, INodeType>>,
	) {
		const [description] = loader.types.nodes;
		const [credential] = description?.credentials ?? [];
		if (!description || !credential) {
			throw new Error(`${loader.packageName} declares no node with a credential.`);
		}
		this.packageName = loader.packageName;
		this.nodeTypeName = `${loader.packageName}.${description.name}`;
		this.credentialTypeName = credential.name;
		this.description = description;
		this.nodeTypes = this.listNodeTypes({ ...stubNodes, ...extraNodeTypes });
		this.credentialType(credential.name).properties = n8n.workflow.injectDomainRestrictionFields(
			this.credentialType(credential.name),
		);
	}

	/**
	 * @param folder with the package.json that declares the compiled nodes and credentials
	 * @throws when a declared file is missing
	 */
	static async load(
		n8n: N8n,
		folder: string,
		extraNodeTypes: Readonly<Record<string, INodeType>> = {},
	): Promise<NodePackage> {
		const root = realpathSync(folder);
		requireFiles(root);
		forgetModules(root);
		const loader = new n8n.core.PackageDirectoryLoader(root);
		await loader.loadAll();
		return new NodePackage(n8n, loader, extraNodeTypes);
	}

	credentialType(name: string): ICredentialType {
		return this.loader.getCredential(name).type;
	}

	/** The credential types that `name` extends, its own parents first. */
	parentTypes(name: string): string[] {
		const parents = this.loader.known.credentials[name]?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.parentTypes(parent))];
	}

	/** Full names of the package's nodes that declare the credential. */
	supportedNodes(credentialTypeName: string): string[] {
		const names = this.loader.known.credentials[credentialTypeName]?.supportedNodes ?? [];
		return names.map((name) => `${this.loader.packageName}.${name}`);
	}

	private listNodeTypes(stubs: Readonly<Record<string, INodeType>>): INodeTypes {
		const types = new Map<string, INodeType | IVersionedNodeType>(Object.entries(stubs));
		for (const [name, { type }] of Object.entries(this.loader.nodeTypes)) {
			types.set(`${this.loader.packageName}.${name}`, type);
		}
		const getByName = (name: string) => {
			const type = types.get(name);
			if (!type) {
				throw new Error(
					`Unknown node type "${name}". The harness knows ${[...types.keys()].join(', ')}; more can be given as nodeTypes.`,
				);
			}
			return type;
		};
		return {
			getByName,
			getByNameAndVersion: (name, version) =>
				this.n8n.workflow.NodeHelpers.getVersionedNodeType(getByName(name), version),
			getKnownTypes: () => ({}),
		};
	}
}

function requireFiles(root: string): void {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		n8n?: { nodes?: string[]; credentials?: string[] };
	};
	const declared = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])];
	const missing = declared.filter((file) => !existsSync(join(root, file)));
	if (missing.length > 0) {
		throw new Error(`The package declares ${missing.join(' and ')}, which it lacks.`);
	}
}

/**
 * Makes the package's modules start afresh, as in a newly started n8n: a new build and empty module variables.
 * The loader's own reset() would also drop node_modules, and with it n8n-core, when `root` is the checkout.
 */
function forgetModules(root: string): void {
	for (const file of Object.keys(mainRequire.cache)) {
		const isOwn = file.startsWith(root + sep) && !file.startsWith(join(root, 'node_modules') + sep);
		if (isOwn) delete mainRequire.cache[file];
	}
}

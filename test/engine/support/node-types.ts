import './environment';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import path from 'node:path';
import { BASE_NODES } from './base-nodes';

const PACKAGE_ROOT = path.resolve(__dirname, '..', '..', '..');

const loader = new PackageDirectoryLoader(PACKAGE_ROOT);
const OWN_PREFIX = `${loader.packageName}.`;
let loading: Promise<void> | undefined;

/** Node types by full name (`package.node`): ours as built, n8n's own as stand-ins, and those a test brings along. */
export class EngineNodeTypes implements INodeTypes {
	readonly #others: ReadonlyMap<string, INodeType>;

	private constructor(others: Readonly<Record<string, INodeType>>) {
		this.#others = new Map(Object.entries({ ...BASE_NODES, ...others }));
	}

	/** Our package is loaded once, by n8n's own loader, and only for a workflow that uses it: it has to be built then. */
	static async load(
		used: readonly string[],
		others: Readonly<Record<string, INodeType>> = {},
	): Promise<EngineNodeTypes> {
		if (used.some((name) => name.startsWith(OWN_PREFIX))) await (loading ??= loader.loadAll());
		return new EngineNodeTypes(others);
	}

	getByName(name: string): INodeType | IVersionedNodeType {
		const other = this.#others.get(name);
		if (other) return other;
		if (name.startsWith(OWN_PREFIX)) return loader.getNode(name.slice(OWN_PREFIX.length)).type;
		throw new Error(`No node type "${name}" in engine tests: pass it in "nodeTypes" or add a stand-in.`);
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes() {
		return { ...loader.known.nodes };
	}

	/** A credential type of our package; `undefined` for foreign ones. */
	credentialType(name: string): ICredentialType | undefined {
		return Object.hasOwn(loader.known.credentials, name) ? loader.getCredential(name).type : undefined;
	}
}

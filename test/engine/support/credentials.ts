import './environment';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';
import type { EngineNodeTypes } from './node-types';

/** Credential data by credential type, in plain words as a user would type them. */
export type CredentialsByType = Readonly<Record<string, ICredentialDataDecryptedObject>>;

export interface CredentialOptions {
	/** For every node that takes a credential of the type. */
	credentials?: CredentialsByType | undefined;
	/** For one node by its name, before the general ones: two SCIM applications have a credential each. */
	nodeCredentials?: Readonly<Record<string, CredentialsByType>> | undefined;
}

/** Selects the credentials in the nodes, as a user does in the editor after importing a workflow. */
export function selectCredentials(nodes: INode[], types: EngineNodeTypes, options: CredentialOptions): void {
	for (const node of nodes) {
		const wanted = types.getByNameAndVersion(node.type, node.typeVersion).description.credentials ?? [];
		for (const { name: type } of wanted) {
			const own = options.nodeCredentials?.[node.name]?.[type];
			if (own === undefined && options.credentials?.[type] === undefined) continue;
			const id = own === undefined ? type : `${node.name}/${type}`;
			node.credentials = { ...node.credentials, [type]: { id, name: id } };
		}
	}
}

/** Hands out the given credentials with the defaults of their type, and authenticates requests as n8n does. */
export class EngineCredentials extends ICredentialsHelper {
	readonly #types: EngineNodeTypes;
	readonly #options: CredentialOptions;

	constructor(types: EngineNodeTypes, options: CredentialOptions) {
		super();
		this.#types = types;
		this.#options = options;
	}

	async getDecrypted(_data: IWorkflowExecuteAdditionalData, selected: INodeCredentialsDetails, type: string) {
		const [nodeName = '', ...nested] = (selected.id ?? '').split('/');
		const own = nested.length > 0 ? this.#options.nodeCredentials?.[nodeName] : this.#options.credentials;
		const data = own?.[type];
		if (data === undefined) throw new UnexpectedError(`Engine test: no credential of type "${type}" was given.`);
		const properties = this.getCredentialsProperties(type);
		const withDefaults = NodeHelpers.getNodeParameters(properties, data as INodeParameters, true, false, null, null);
		return { ...(withDefaults as ICredentialDataDecryptedObject), ...structuredClone(data) };
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const own = this.#types.credentialType(type)?.properties ?? [];
		return [...this.getParentTypes(type).flatMap((parent) => this.getCredentialsProperties(parent)), ...own];
	}

	getParentTypes(type: string): string[] {
		return this.#types.credentialType(type)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const authenticate = this.#types.credentialType(typeName)?.authenticate;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate === undefined || workflow === undefined || node === undefined) return options;
		const resolve = (value: string) => {
			if (!isExpression(value)) return value;
			const keys = { $credentials: credentials as IDataObject };
			return String(workflow.expression.getSimpleParameterValue(node, value, 'internal', keys, undefined, ''));
		};
		const target = options as unknown as Record<string, Record<string, unknown> | undefined>;
		for (const [part, members] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(members as Record<string, string>).map(([k, v]) => [resolve(k), resolve(v)]);
			target[part] = { ...target[part], ...(Object.fromEntries(resolved) as Record<string, unknown>) };
		}
		return options;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<ICredentials> {
		throw new UnexpectedError('Engine test: stored credentials are not available.');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}

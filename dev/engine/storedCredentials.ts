import { getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	isExpression,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { nodeTypesFrom } from './completeNodeType.ts';

/** Stands for the node in whose name n8n evaluates a credential. */
export const credentialNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * The credentials of one run, kept in memory, with the rules of a server's CredentialsHelper: fields
 * left out take their defaults, expressions (`$self` is the credential) are resolved, and
 * `authenticate` is either a function or n8n's generic description. A type that signs in first
 * (preAuthentication) is not supported.
 */
export class StoredCredentials extends ICredentialsHelper {
	readonly #types: ICredentialType[];
	readonly #stored: Record<string, ICredentialDataDecryptedObject>;

	constructor(types: ICredentialType[], stored: Record<string, ICredentialDataDecryptedObject>) {
		super();
		this.#types = types;
		this.#stored = stored;
	}

	/** What a node's `credentials` holds: a reference, for those of its types that are stored. */
	referencesFor(names: string[]): Record<string, INodeCredentialsDetails> {
		const known = names.filter((name) => name in this.#stored);
		return Object.fromEntries(known.map((name) => [name, { id: name, name: `My ${name}` }]));
	}

	getType(name: string): ICredentialType {
		const type = this.#types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`No credential type '${name}' was given to this run`);
		return type;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = incoming as IHttpRequestOptions;
		const { authenticate } = this.getType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (authenticate === undefined) return request;

		if (!workflow || !node) throw new Error('A generic authenticate needs a workflow and a node');
		const resolve = (text: string): string => {
			if (!isExpression(text)) return text;
			const keys = { $credentials: credentials };
			const { expression } = workflow;
			const value = expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
			return value ? String(value) : '';
		};
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(values as Record<string, string>).map(([key, value]) => [
				resolve(key),
				resolve(value),
			]);
			const existing: unknown = Reflect.get(request, part);
			Reflect.set(request, part, Object.assign(existing ?? {}, Object.fromEntries(resolved)));
		}
		return request;
	}

	override async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_reference: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		where?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.#stored[type];
		if (!stored) throw new Error(`No credential of type '${type}' was given to this run`);
		if (raw === true) return stored;

		const properties = this.getCredentialsProperties(type);
		const given = stored as INodeParameters;
		const data = NodeHelpers.getNodeParameters(properties, given, true, false, null, null) ?? {};
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (where) {
			return where.workflow.expression.getParameterValue(
				data,
				where.runExecutionData,
				where.runIndex,
				where.itemIndex,
				where.node.name,
				where.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				data,
			) as ICredentialDataDecryptedObject;
		}
		const { expression } = new Workflow({
			nodes: [credentialNode],
			connections: {},
			active: false,
			nodeTypes: nodeTypesFrom(new Map([['credential', credentialNodeType]])),
		});
		return await expression.withIsolate(
			async () =>
				expression.getComplexParameterValue(
					credentialNode,
					data,
					mode,
					keys,
					undefined,
					undefined,
					data,
				) as ICredentialDataDecryptedObject,
		);
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.getType(type).properties;
	}

	override getParentTypes(name: string): string[] {
		return this.#types.find((type) => type.name === name)?.extends ?? [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('Credentials of a test run are not encrypted');
	}

	override async updateCredentials(): Promise<void> {
		throw new Error('Credentials of a test run do not change');
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Credentials of a test run do not change');
	}
}

const credentialNodeType = {
	description: {
		displayName: 'Credential',
		name: 'credential',
		group: [],
		version: 1,
		description: '',
		defaults: { name: 'Credential' },
		inputs: [],
		outputs: [],
		properties: [],
	},
};

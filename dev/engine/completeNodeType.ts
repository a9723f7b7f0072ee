import { DirectoryLoader, RoutingNode, type ExecuteContext } from 'n8n-core';
import type { INodeExecutionData, INodeType, INodeTypes } from 'n8n-workflow';

export type NodeTypeSource = INodeType | (new () => INodeType);

/**
 * Makes of a node type what a server runs: the loader adds Request Options to a declarative type, and
 * the server (n8n's node-types.js, shouldAssignExecuteMethod) gives it an `execute` that calls
 * RoutingNode. Left to itself, WorkflowExecute takes a path for tests that carries no cancel signal.
 * The given type stays as it is. `onFailure` gets what `execute` throws before the engine turns it
 * into a plain object.
 */
export function completeNodeType(
	source: NodeTypeSource,
	onFailure: (error: unknown) => void = () => {},
): INodeType {
	const given = typeof source === 'function' ? new source() : source;
	const { description } = given;
	const nodeType: INodeType = Object.create(given, {
		description: { value: { ...description, properties: [...description.properties] } },
	});

	// The loader marks what it loaded with the package's version, and has completed it already.
	if (description.communityNodePackageVersion === undefined) {
		DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	}
	const execute = nodeType.execute ?? (isDeclarative(nodeType) ? route(nodeType) : undefined);
	if (!execute) return nodeType;
	nodeType.execute = async function (response) {
		try {
			return await execute.call(this, response);
		} catch (error) {
			onFailure(error);
			throw error;
		}
	};
	return nodeType;
}

function isDeclarative(nodeType: INodeType): boolean {
	const hasRequestDefaults = nodeType.description.requestDefaults !== undefined;
	if (nodeType.supplyData ?? nodeType.poll ?? nodeType.trigger) return false;
	return hasRequestDefaults || !(nodeType.webhook ?? nodeType.methods);
}

function route(nodeType: INodeType): NonNullable<INodeType['execute']> {
	async function execute(this: ExecuteContext): Promise<INodeExecutionData[][]> {
		return (await new RoutingNode(this, nodeType).runNode()) ?? [];
	}
	return execute as NonNullable<INodeType['execute']>;
}

/** Node types by the name that a workflow's nodes carry in `type`. */
export function nodeTypesFrom(byName: Map<string, INodeType>): INodeTypes {
	const getByName = (name: string): INodeType => {
		const nodeType = byName.get(name);
		if (!nodeType) throw new Error(`No node type '${name}' was given to this run`);
		return nodeType;
	};
	return { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
}

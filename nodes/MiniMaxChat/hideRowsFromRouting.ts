import { deepCopy, type INodeProperties } from 'n8n-workflow';

/**
 * The same property, but n8n's routing engine does not look into its rows. In search of routing, of
 * which these have none, it would evaluate every expression in them twice more per item, 0.4 ms a time:
 * with 1000 items 0.9 of 3.7 s CPU (docs/benchmarks.md).
 *
 * The engine asks for an `options` of the property's own (n8n-core, routing-node.js,
 * getRequestOptionsFromParameters). Parameter defaults and checks read the inherited one, and what copies
 * descriptions (JSON for the editor, deepCopy for the tool variant) asks `toJSON` and gets the original.
 * A spread loses them: n8n 2.41's AI builder does so (@n8n/workflow-sdk, generate-types.js), which is why
 * the property tells it the shape of its rows in `builderHint`.
 */
export function hideRowsFromRouting(property: INodeProperties): INodeProperties {
	const { options, ...own } = property;
	const inherited: object = { options, toJSON: () => deepCopy(property) };
	return Object.assign<object, typeof own>(Object.create(inherited), own);
}

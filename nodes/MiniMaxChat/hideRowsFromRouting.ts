import { deepCopy, type INodeProperties } from 'n8n-workflow';

/**
 * The same property, but n8n's routing engine does not look into its rows. The rows have no routing; in
 * search of it the engine would evaluate each of their expressions twice more for each item, at 0.4 ms a
 * time: for 1000 items 0.9 of 3.7 s CPU (docs/benchmarks.md).
 *
 * So `options` is inherited. The engine looks for it only on the property itself (n8n-core,
 * routing-node.js, getRequestOptionsFromParameters), while parameter defaults and checks also find what is
 * inherited. Code that copies descriptions (JSON for the editor, deepCopy for the tool variant) calls
 * `toJSON` and gets the original. A spread loses both: n8n 2.41's AI builder makes one (@n8n/workflow-sdk,
 * generate-types.js), so the property gives it the shape of its rows in `builderHint`.
 */
export function hideRowsFromRouting(property: INodeProperties): INodeProperties {
	const { options, ...own } = property;
	const inherited: object = { options, toJSON: () => deepCopy(property) };
	return Object.assign<object, typeof own>(Object.create(inherited), own);
}

import type { Tool } from '@n8n/ai-node-sdk';

import type { WireTool } from '../minimax/request/checkTools';
import { isRecord } from '../minimax/json/isRecord';

type FunctionTool = Extract<Tool, { type: 'function' }>;

/** Makes plain JSON Schema of a tool's parameters, which may be a zod schema: the SDK's own function. */
export type ReadParameters = (tool: FunctionTool) => unknown;

/**
 * Tools in the API's shape. A tool without parameters gets an empty schema, since the API answers
 * "function name or parameters is empty (2013)".
 */
export function toWireTools(tools: readonly Tool[], readParameters: ReadParameters): WireTool[] {
	return tools.flatMap((tool): WireTool[] => {
		if (tool.type !== 'function') return [];
		const parameters = readParameters(tool);
		const hasParameters = isRecord(parameters) && Object.keys(parameters).length > 0;
		return [
			{
				type: 'function',
				function: {
					name: tool.name,
					description: tool.description,
					parameters: hasParameters ? parameters : { type: 'object', properties: {} },
				},
			},
		];
	});
}

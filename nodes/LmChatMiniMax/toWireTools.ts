import type { Tool } from '@n8n/ai-node-sdk';

import { fillParameters, type WireTool } from '../minimax/request/checkTools';

type FunctionTool = Extract<Tool, { type: 'function' }>;

/** Makes plain JSON Schema of a tool's parameters, which may be a zod schema: the SDK's own function. */
export type ReadParameters = (tool: FunctionTool) => unknown;

/** Tools in the API's shape. */
export function toWireTools(tools: readonly Tool[], readParameters: ReadParameters): WireTool[] {
	return tools.flatMap((tool): WireTool[] => {
		if (tool.type !== 'function') return [];
		return [
			{
				type: 'function',
				function: {
					name: tool.name,
					description: tool.description,
					parameters: fillParameters(readParameters(tool)),
				},
			},
		];
	});
}

import { parseArgs } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';

export const USAGE = `Usage: npm run ask -- "A question" [--model ID] [--columns "name, height:number, kind:oak|elm"]

Runs the MiniMax Chat step alone in n8n's engine and prints its item. Without MINIMAX_API_KEY the
simulator answers; with it the real API does (MINIMAX_REGION=china for a key from mainland China).

--columns  the step's Quick Columns: name, name:type or name:choice|choice, separated by commas.
`;

/**
 * The parameters of a MiniMax Chat step for what was typed behind `npm run ask --`.
 * @throws Error that says in words what cannot be read
 */
export function readCommandLine(args: string[]): INodeParameters {
	const { positionals, values } = parseArgs({
		args,
		allowPositionals: true,
		options: { model: { type: 'string' }, columns: { type: 'string' } },
	});
	const question = positionals.join(' ').trim();
	if (question === '') throw new Error('There is no question.');
	const { model, columns } = values;
	return {
		messages: { values: [{ role: 'user', content: question }] },
		...(model !== undefined && { model: { __rl: true, mode: 'id', value: model } }),
		...(columns !== undefined && { quickColumns: columns }),
	};
}

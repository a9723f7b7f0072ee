import type { ToolResult } from './task.ts';

/** A number, or a word for the result before. */
const step =
	/(\d+(?:\.\d+)?|\b(?:that|this|it|the result)\b)\s*(\*|×|x|times|multiplied by|\/|÷|divided by|\+|plus|-|minus)\s*(\d+(?:\.\d+)?)/gi;

const signs: Record<string, string> = {
	'×': '*',
	x: '*',
	times: '*',
	'multiplied by': '*',
	'÷': '/',
	'divided by': '/',
	plus: '+',
	minus: '-',
};

/**
 * What has to be calculated next where one result goes into the next calculation: "What is 17 times 23,
 * and what is that divided by 4?" Undefined for other questions, and when all is done.
 */
export function nextCalculation(question: string, done: ToolResult[]): string | undefined {
	const steps = [...question.matchAll(step)];
	const isChain = steps.length > 1 && steps.slice(1).every(([, left = '']) => !/^\d/.test(left));
	const next = isChain ? steps[done.length] : undefined;
	if (!next) return undefined;
	const [, left = '', sign = '', right = ''] = next;
	const first = /^\d/.test(left) ? left : numberIn(done.at(-1)?.result ?? '');
	return `${first} ${signs[sign.toLowerCase()] ?? sign} ${right}`;
}

/** "17 * 23 is 391, and 391 / 4 is 97.75."; undefined when the results are of other tools. */
export function stateCalculations(results: ToolResult[]): string | undefined {
	const sentences = results.map(({ arguments: given, result }) => {
		const [, input] = /^\{"\w+":"([\d\s.()*/+^%-]+)"\}$/.exec(given) ?? [];
		const value = numberIn(result);
		return input !== undefined && value !== undefined ? `${input} is ${value}` : undefined;
	});
	if (sentences.length === 0 || sentences.includes(undefined)) return undefined;
	return `${sentences.join(', and ')}.`;
}

/** `391`, and n8n's `[{"response":"391"}]`; undefined when there is not one number. */
function numberIn(result: string): string | undefined {
	const numbers = result.match(/-?\d+(?:\.\d+)?/g) ?? [];
	return numbers.length === 1 ? numbers[0] : undefined;
}

import type { ToolDefinition } from '../chatRequest.ts';
import { isObject, type JsonObject } from '../json.ts';
import { nextCalculation } from './calculate.ts';
import { spaced } from './classify.ts';
import type { Task } from './task.ts';
import { sharedWords } from './words.ts';
import { writeJson } from './writeJson.ts';

export interface PlannedCall {
	id?: string;
	name: string;
	arguments: string;
}

/** n8n's agent asks for its structured output through this tool, once the work is done. */
const outputTool = /^format_final_json_response$/;
const expression = /\d\s*[*/+^%-]\s*\(?\d/;

/** The calls that come next: none when nothing fits, or what fits has been called. */
export function callTools(tools: ToolDefinition[], task: Task): PlannedCall[] {
	const calculator = tools.find(calculates);
	const sum = calculator && nextCalculation(task.question, task.results);
	if (sum) return [{ name: calculator.name, arguments: JSON.stringify({ input: sum }) }];
	const called = new Set(task.results.map(({ name }) => name));
	const open = tools.filter(({ name }) => !called.has(name));
	const scored = open
		.filter(({ name }) => !outputTool.test(name))
		.map((tool) => ({ tool, score: fit(tool, task.question) }));
	const best = scored.sort((one, other) => other.score - one.score)[0];
	if (best && best.score >= 2) return planCalls(best.tool, task);
	const output = open.find(({ name }) => outputTool.test(name));
	if (!output) return [];
	const seen = [task.question, ...task.results.map(({ result }) => result)].join('\n');
	return [{ name: output.name, arguments: JSON.stringify(writeJson(output.parameters, seen)) }];
}

/** A word of the name says more than one of the description. */
function fit(tool: ToolDefinition, question: string): number {
	const byName = sharedWords(spaced(tool.name), question) * 2;
	const byDescription = sharedWords(tool.description, question);
	return byName + byDescription + (calculates(tool) && expression.test(question) ? 3 : 0);
}

function calculates({ name, description }: ToolDefinition): boolean {
	return /calculat|math|arithmetic/i.test(`${name} ${description}`);
}

function planCalls(tool: ToolDefinition, task: Task): PlannedCall[] {
	const { question } = task;
	const earlier = task.results.map(({ result }) => result).join('\n');
	const whole = earlier === '' ? question : `${question}\n${earlier}`;
	const place = onlyPlaceName(tool.parameters);
	const places = place === undefined ? [] : findPlaces(question);
	if (place !== undefined && places.length > 1) {
		return places.map((value) => ({
			name: tool.name,
			arguments: JSON.stringify({ ...writeArguments(tool.parameters, whole), [place]: value }),
		}));
	}
	return [{ name: tool.name, arguments: JSON.stringify(writeArguments(tool.parameters, whole)) }];
}

function writeArguments(parameters: JsonObject, text: string): JsonObject {
	const value = writeJson(requiredOnly(parameters), text);
	const written = isObject(value) ? value : {};
	for (const name of Object.keys(written)) {
		if (/^(?:query|question|search|q|prompt|message|topic|term)$/i.test(name))
			written[name] = plainQuestion(text);
		if (/^(?:input|text)$/i.test(name)) {
			written[name] = expression.test(text)
				? writeJson({ type: 'string', description: 'expression' }, text)
				: plainQuestion(text);
		}
	}
	return written;
}

/** Optional parameters are left out unless the schema requires nothing at all. */
function requiredOnly(parameters: JsonObject): JsonObject {
	const { required, properties } = parameters;
	if (!Array.isArray(required) || required.length === 0 || !isObject(properties)) return parameters;
	const kept = Object.entries(properties).filter(([name]) => required.includes(name));
	return { ...parameters, properties: Object.fromEntries(kept) };
}

function plainQuestion(text: string): string {
	const [line = ''] = text.split('\n');
	return line
		.replace(/^(?:please|hey|hi|hello)[, ]+/i, '')
		.replace(/^(?:can|could|would) you (?:please )?/i, '')
		.replace(/^(?:search (?:for|the web for)|look up|find out|find|tell me(?: about)?)\s+/i, '')
		.replace(/[?.!\s]+$/, '');
}

function onlyPlaceName({ properties }: JsonObject): string | undefined {
	const names = isObject(properties) ? Object.keys(properties) : [];
	return names.find((name) => /city|location|place|town|country/i.test(name));
}

/** `in Paris and Rome`, `for Oslo, Bergen or Tromsø`. */
function findPlaces(question: string): string[] {
	const name = '\\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+)*';
	const list = new RegExp(
		`\\b(?:in|at|for|of|between|from)\\s+(${name}(?:(?:,\\s*|,?\\s+(?:and|or)\\s+(?:in\\s+)?)${name})+)`,
		'u',
	);
	const found = list.exec(question)?.[1] ?? '';
	return found
		.split(/,\s*(?:and |or )?(?:in )?|\s+(?:and|or)\s+(?:in\s+)?/)
		.filter((place) => place !== '');
}

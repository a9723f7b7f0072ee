import { inside, InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { parseJsonField } from '../json/parseJsonField';

/** A function the model may call, in the API's shape. */
export interface WireTool {
	type: 'function';
	function: { name: string; description?: string; parameters: Record<string, unknown> };
	[field: string]: unknown;
}

const TOOLS: Place = { input: 'tools' };
const RIGHT_TOOLS =
	'Give an array such as [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}].';

/**
 * Function tools as the API takes them, out of an array or its JSON text. Undefined where there are none.
 *
 * @throws InvalidInput
 */
export function checkTools(value: unknown): WireTool[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = parseJsonField(value);
	if (!parsed.ok) {
		throw new InvalidInput('is not valid JSON', `${parsed.reason}. ${RIGHT_TOOLS}`, TOOLS);
	}
	if (!Array.isArray(parsed.value)) throw new InvalidInput('is not an array', RIGHT_TOOLS, TOOLS);
	if (parsed.value.length === 0) return undefined;

	const tools = parsed.value.map((entry: unknown, index) => checkTool(entry, index + 1));
	const names = tools.map((tool) => tool.function.name);
	const twice = findTwice(names);
	if (twice !== undefined) {
		throw new InvalidInput(
			`names the function ${twice} twice`,
			'Give each function a name of its own.',
			TOOLS,
		);
	}
	return tools;
}

function findTwice(names: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return names.find((name) => seen.size === seen.add(name).size);
}

function checkTool(entry: unknown, position: number): WireTool {
	const place = inside(TOOLS, `entry ${position}`);
	if (!isRecord(entry)) throw new InvalidInput('is not a tool', RIGHT_TOOLS, place);
	if (entry.type !== undefined && entry.type !== 'function') {
		throw new InvalidInput(
			'is not a function tool',
			'The API takes tools of the type function only.',
			place,
		);
	}
	// The function itself, without its wrapper, is a shape other APIs use.
	const described = isRecord(entry.function) ? entry.function : withoutType(entry);
	const { name, parameters } = described;
	if (typeof name !== 'string' || name.trim() === '') {
		throw new InvalidInput('has no function name', RIGHT_TOOLS, place);
	}
	if (parameters !== undefined && parameters !== null && !isRecord(parameters)) {
		throw new InvalidInput(
			`gives ${name} parameters that are not a JSON Schema object`,
			RIGHT_TOOLS,
			place,
		);
	}
	return {
		...(isRecord(entry.function) ? entry : {}),
		type: 'function',
		function: {
			...described,
			name,
			parameters: fillParameters(parameters),
		},
	};
}

/** An empty schema where there is none: the API answers "function name or parameters is empty (2013)". */
export function fillParameters(parameters: unknown): Record<string, unknown> {
	const isFilled = isRecord(parameters) && Object.keys(parameters).length > 0;
	return isFilled ? parameters : { type: 'object', properties: {} };
}

function withoutType(entry: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(entry).filter(([field]) => field !== 'type'));
}

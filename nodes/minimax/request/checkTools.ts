import { InvalidInput } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { parseJsonField } from '../json/parseJsonField';

/** A function the model may call, in the API's shape. */
export interface WireTool {
	type: 'function';
	function: { name: string; description?: string; parameters: Record<string, unknown> };
	[field: string]: unknown;
}

const FIELD = "'Tools'";
const RIGHT_TOOLS =
	'Give an array such as [{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}].';

/**
 * The 'Tools' field as the API takes it: an array, or its JSON text, of function tools. Undefined when
 * the field is empty.
 *
 * @throws InvalidInput
 */
export function checkTools(value: unknown): WireTool[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = parseJsonField(value);
	if (!parsed.ok)
		throw new InvalidInput(`${FIELD} is not valid JSON`, `${parsed.reason}. ${RIGHT_TOOLS}`);
	if (!Array.isArray(parsed.value)) throw new InvalidInput(`${FIELD} is not an array`, RIGHT_TOOLS);
	if (parsed.value.length === 0) return undefined;

	const tools = parsed.value.map((entry: unknown, index) => checkTool(entry, index + 1));
	const names = tools.map((tool) => tool.function.name);
	const twice = findTwice(names);
	if (twice !== undefined) {
		throw new InvalidInput(
			`${FIELD} names the function ${twice} twice`,
			'Give each function a name of its own.',
		);
	}
	return tools;
}

function findTwice(names: readonly string[]): string | undefined {
	const seen = new Set<string>();
	return names.find((name) => seen.size === seen.add(name).size);
}

function checkTool(entry: unknown, position: number): WireTool {
	const where = `${FIELD}, entry ${position}`;
	if (!isRecord(entry)) throw new InvalidInput(`${where} is not a tool`, RIGHT_TOOLS);
	if (entry.type !== undefined && entry.type !== 'function') {
		throw new InvalidInput(
			`${where} is not a function tool`,
			'The API takes tools of the type function only.',
		);
	}
	// The function itself, without its wrapper, is a shape other APIs use.
	const described = isRecord(entry.function) ? entry.function : withoutType(entry);
	const { name, parameters } = described;
	if (typeof name !== 'string' || name.trim() === '') {
		throw new InvalidInput(`${where} has no function name`, RIGHT_TOOLS);
	}
	if (parameters !== undefined && parameters !== null && !isRecord(parameters)) {
		throw new InvalidInput(
			`${where}: the parameters of ${name} are not a JSON Schema object`,
			RIGHT_TOOLS,
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

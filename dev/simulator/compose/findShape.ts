import { isObject, type JsonObject, type JsonValue, parseJson } from '../json.ts';

/** The shape of the JSON a prompt asks for, as a JSON Schema; undefined when it asks for none. */
export function findShape(text: string): JsonObject | undefined {
	const objects = findObjects(text);
	// Format instructions explain themselves with an example schema; the real one comes last.
	const schema = objects.findLast(looksLikeSchema);
	if (schema) return schema;
	if (!/\bjson\b/i.test(text)) return undefined;
	const keys = findKeys(text);
	// Instructions come before data, which may be JSON as well.
	if (keys.length === 0 && objects[0]) return shapeOf(objects[0]);
	const names = keys.length > 0 ? keys : ['answer'];
	return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) };
}

/** Takes JSON out of a prompt, so that it is not mistaken for material. */
export function withoutJson(text: string): string {
	let rest = text.replace(/```\w*/g, '');
	for (const source of objectSources(rest)) rest = rest.replace(source, '');
	return rest;
}

function looksLikeSchema(value: JsonObject): boolean {
	return (
		isObject(value.properties) ||
		typeof value.$schema === 'string' ||
		(value.type === 'array' && isObject(value.items))
	);
}

function findObjects(text: string): JsonObject[] {
	return objectSources(text).map(parseJson).filter(isObject);
}

/** Outermost balanced `{…}` that parse. */
function objectSources(text: string): string[] {
	const sources: string[] = [];
	let from = text.indexOf('{');
	while (from >= 0) {
		const end = endOfObject(text, from);
		const source = end === undefined ? undefined : text.slice(from, end);
		const parses = source !== undefined && parseJson(source) !== undefined;
		if (parses) sources.push(source);
		from = text.indexOf('{', parses ? from + source.length : from + 1);
	}
	return sources;
}

function endOfObject(text: string, start: number): number | undefined {
	let depth = 0;
	let inString = false;
	for (let at = start; at < text.length; at += 1) {
		const character = text[at];
		if (inString) {
			if (character === '\\') at += 1;
			else if (character === '"') inString = false;
		} else if (character === '"') inString = true;
		else if (character === '{') depth += 1;
		else if (character === '}') {
			depth -= 1;
			if (depth === 0) return at + 1;
		}
	}
	return undefined;
}

/** An example value → the schema it stands for: `"low|high"` is an enum. */
function shapeOf(value: JsonValue | undefined): JsonObject {
	if (Array.isArray(value)) return { type: 'array', items: shapeOf(value[0]) };
	if (isObject(value)) {
		const entries = Object.entries(value).map(([key, part]) => [key, shapeOf(part)] as const);
		return { type: 'object', properties: Object.fromEntries(entries) };
	}
	if (typeof value === 'number') return { type: 'number' };
	if (typeof value === 'boolean') return { type: 'boolean' };
	if (typeof value !== 'string') return {};
	const choices = value.split('|').map((choice) => choice.trim());
	if (choices.length > 1) return { type: 'string', enum: choices };
	if (/^<?(?:number|integer)>?$/i.test(value)) return { type: 'number' };
	return { type: 'string', description: value };
}

/** `with the keys title and price`, `fields: name, city`. */
function findKeys(text: string): string[] {
	const list =
		/\b(?:keys?|fields?|properties)\b[^\w"'`]*((?:["'`]?[\w]+["'`]?(?:\s*\([^)]*\))?(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*$|\s*[.\n]))+)/i.exec(
			text,
		);
	const names = (list?.[1] ?? '').replace(/\([^)]*\)/g, '').split(/\s*,\s*(?:and\s+)?|\s+and\s+/);
	return names.map((name) => name.replace(/["'`.\s]/g, '')).filter((name) => name !== '');
}

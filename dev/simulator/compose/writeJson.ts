import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { classify, spaced } from './classify.ts';
import { keySentences } from './summarise.ts';
import { keywords, sharedWords } from './words.ts';

/** What a value is about: its name, its description, the schema around it for `$ref`. */
interface Place {
	name: string;
	root: JsonObject;
}

/** Schemas may refer to themselves. */
const deepest = 8;

/** A plausible value for a JSON Schema, taken from the text wherever it has one. */
export function writeJson(schema: JsonObject, text: string): JsonValue {
	return writeValue(schema, text, { name: '', root: schema }, 0);
}

function writeValue(schema: JsonObject, text: string, place: Place, depth: number): JsonValue {
	const resolved = resolve(schema, place.root);
	if (resolved.const !== undefined) return resolved.const;
	if (Array.isArray(resolved.enum)) return chooseEnum(resolved.enum, text);
	const type = typeOf(resolved);
	switch (type) {
		case 'object':
			return writeObject(resolved, text, place, depth);
		case 'array':
			return writeArray(resolved, text, place, depth);
		case 'boolean':
			return sharedWords(describe(resolved, place), text) > 0;
		case 'number':
		case 'integer':
			return writeNumber(resolved, text, place, type === 'integer');
		case 'null':
			return null;
		default:
			return writeString(resolved, text, place);
	}
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
	if (typeof schema.$ref === 'string') {
		let target: JsonValue | undefined = root;
		for (const step of schema.$ref.replace(/^#\/?/, '').split('/')) {
			if (step !== '') target = isObject(target) ? target[step] : undefined;
		}
		return isObject(target) ? target : {};
	}
	for (const options of [schema.anyOf, schema.oneOf]) {
		if (!Array.isArray(options)) continue;
		const chosen = options.find((option) => isObject(option) && option.type !== 'null');
		if (isObject(chosen)) return resolve({ ...chosen, ...described(schema) }, root);
	}
	if (Array.isArray(schema.allOf)) {
		return Object.assign({}, ...schema.allOf.filter(isObject), described(schema));
	}
	return schema;
}

function described({ description }: JsonObject): JsonObject {
	return description === undefined ? {} : { description };
}

function typeOf(schema: JsonObject): string {
	const { type } = schema;
	if (typeof type === 'string') return type;
	if (Array.isArray(type)) return String(type.find((name) => name !== 'null') ?? 'null');
	if (isObject(schema.properties)) return 'object';
	return isObject(schema.items) ? 'array' : 'string';
}

function describe(schema: JsonObject, { name }: Place): string {
	const description = typeof schema.description === 'string' ? schema.description : '';
	return `${spaced(name)} ${description}`;
}

function chooseEnum(values: JsonValue[], text: string): JsonValue {
	const { label } = classify(values.map(String), text);
	return values.find((value) => String(value) === label) ?? null;
}

function writeObject(schema: JsonObject, text: string, place: Place, depth: number): JsonObject {
	const properties = isObject(schema.properties) ? schema.properties : {};
	const required = Array.isArray(schema.required) ? schema.required : [];
	const entries = Object.entries(properties).filter(
		([name]) => depth < deepest || required.includes(name),
	);
	const flags = chooseFlag(entries, text);
	if (flags) return flags;
	const object: JsonObject = {};
	for (const [name, property] of entries) {
		const inner = isObject(property) ? property : {};
		object[name] = writeValue(inner, text, { ...place, name }, depth + 1);
	}
	return object;
}

/** Several booleans and nothing else are labels: one of them is true. */
function chooseFlag(
	entries: Array<[string, JsonValue | undefined]>,
	text: string,
): JsonObject | undefined {
	const isFlags =
		entries.length > 1 && entries.every(([, value]) => isObject(value) && value.type === 'boolean');
	if (!isFlags) return undefined;
	const names = entries.map(([name]) => name);
	const { label } = classify(names, text);
	return Object.fromEntries(names.map((name) => [name, name === label]));
}

function writeArray(schema: JsonObject, text: string, place: Place, depth: number): JsonValue[] {
	const items = resolve(isObject(schema.items) ? schema.items : {}, place.root);
	const least = typeof schema.minItems === 'number' ? schema.minItems : 1;
	const most = typeof schema.maxItems === 'number' ? schema.maxItems : Math.max(3, least);
	if (depth >= deepest) return [];
	if (typeOf(items) === 'string' && !Array.isArray(items.enum)) {
		const isPhrases = /point|sentence|item|step|summary|highlight|action/i.test(
			describe(schema, place),
		);
		const found = isPhrases ? keySentences(text, most) : keywords(text, most);
		while (found.length < least) found.push(`item ${found.length + 1}`);
		return found;
	}
	return Array.from({ length: Math.max(1, least) }, () =>
		writeValue(items, text, place, depth + 1),
	);
}

function writeNumber(schema: JsonObject, text: string, place: Place, whole: boolean): number {
	const about = describe(schema, place);
	const isShare = /confidence|score|probab|strength|likelihood/i.test(about);
	const found =
		numberNear(spaced(place.name), text) ??
		(/total/i.test(about) ? numberNear('total', text) : undefined) ??
		Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? 1);
	const value = isShare ? 0.9 : found;
	const lowest = typeof schema.minimum === 'number' ? schema.minimum : -Infinity;
	const highest = typeof schema.maximum === 'number' ? schema.maximum : Infinity;
	const clamped = Math.min(highest, Math.max(lowest, value));
	return whole ? Math.round(clamped) : clamped;
}

/** `quantity of 3`, `3 rooms`, `total: 12.50`. */
function numberNear(name: string, text: string): number | undefined {
	const word = name.split(' ').at(-1) ?? '';
	if (word === '') return undefined;
	const root = word.replace(/s$/, '').replace(/[^\p{L}\p{N}]/gu, '');
	const near = new RegExp(
		`${root}\\w*\\D{0,30}?(-?\\d+(?:\\.\\d+)?)|(-?\\d+(?:\\.\\d+)?)[^\\S\\n]*${root}`,
		'iu',
	);
	const match = near.exec(text);
	const digits = match?.[1] ?? match?.[2];
	return digits === undefined ? undefined : Number(digits);
}

const patterns: Array<[RegExp, RegExp]> = [
	[/e-?mail/i, /[\w.+-]+@[\w-]+\.[\w.]+\w/],
	[/\b(?:url|link|website|uri)\b/i, /https?:\/\/[^\s)>\]]+/],
	[
		/\b(?:date|day|deadline|due|when)\b/i,
		/\d{4}-\d{2}-\d{2}|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december) \d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i,
	],
	[/\b(?:supplier|vendor)\b/i, /^\p{Lu}[\p{L}&.-]+(?: \p{Lu}[\p{L}&.-]+)+/mu],
	[/\btime\b/i, /\b\d{1,2}(?::\d{2})?\s?(?:am|pm)\b|\b\d{1,2}:\d{2}\b/i],
	[/phone|mobile/i, /\+?\d[\d ()-]{6,}\d/],
	[/\b(?:id|number|no|reference|invoice|order)\b/i, /(?:#\s?|[A-Z]{1,4}-?)?\d[\w-]{2,}/],
	[/currency/i, /\b(?:EUR|USD|GBP|CNY)\b|[€$£¥]/],
	[/price|amount|total|cost/i, /(?:[€$£¥]\s?)?\d+(?:[.,]\d+)*(?:\s?(?:EUR|USD|€|\$))?/],
	[
		/city|location|place|town|country|where/i,
		/(?<=\b(?:in|at|from|near) )\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)*/u,
	],
	[
		/city|location|place|town|country|where/i,
		/(?<=\b(?:for|to|of) )\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)*/u,
	],
	[
		/expression|calculat|formula|equation/i,
		/-?[\d(][\d\s.,()*/+^%-]*[*/+^%-][\d\s.,()*/+^%-]*[\d)]/,
	],
	[
		/\b(?:name|person|customer|author|who|company|organi[sz]ation)\b/i,
		/(?<!^)(?<![.!?]\s)\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)*/u,
	],
];

function toIsoDate(found: string): string {
	const time = Date.parse(`${found} UTC`);
	return Number.isNaN(time) ? (examples.date ?? '') : new Date(time).toISOString().slice(0, 10);
}

const examples: Record<string, string> = {
	date: '2026-01-31',
	'date-time': '2026-01-31T09:00:00Z',
	email: 'someone@example.com',
	uri: 'https://example.com/',
};

function writeString(schema: JsonObject, text: string, place: Place): string {
	const about = describe(schema, place);
	const listed = /one of(?: the following)?(?: \w+)?\s*:?\s*(.+)$/i.exec(about)?.[1];
	const labels = listed
		?.split(/\s*(?:,|\||\/|\bor\b)\s*/)
		.map((label) => label.replace(/["'.]/g, ''));
	if (labels && labels.length > 1) return classify(labels, text).label;
	// The name says more than the description.
	for (const words of [spaced(place.name), about]) {
		for (const [names, values] of patterns) {
			const found = names.test(words) ? values.exec(text)?.[0].trim() : undefined;
			if (found !== undefined) return schema.format === 'date' ? toIsoDate(found) : found;
		}
	}
	if (typeof schema.format === 'string') return examples[schema.format] ?? '';
	if (/title|subject|topic|headline|category|label/i.test(place.name)) {
		return keywords(text, 3).join(' ') || text.slice(0, 60);
	}
	const [sentence = text.trim()] = keySentences(text, 1);
	const most = typeof schema.maxLength === 'number' ? schema.maxLength : 300;
	return sentence.slice(0, most);
}

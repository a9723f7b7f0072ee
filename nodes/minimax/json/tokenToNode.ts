import type { JsonNode } from './jsonNode';
import { endsIn, type ReadString } from './readString';
import type { Token } from './readToken';

const TRUE: JsonNode = { type: 'boolean', value: true };
const FALSE: JsonNode = { type: 'boolean', value: false };
const NULL: JsonNode = { type: 'null' };
/** JSON's literals, Python's, and those in capitals. */
const LITERALS = new Map<string, JsonNode>([
	['true', TRUE],
	['false', FALSE],
	['null', NULL],
	['True', TRUE],
	['False', FALSE],
	['None', NULL],
	['TRUE', TRUE],
	['FALSE', FALSE],
	['NULL', NULL],
]);

/** The name of a member; null where the token is none. */
export function nameOf(token: Token): string | null {
	if (token.type === 'string') return token.string.value;
	if (token.type === 'word') return LITERALS.has(token.raw) ? null : token.raw;
	return token.type === 'number' && /^\d+$/.test(token.raw) ? token.raw : null;
}

/** The text, number or literal; null where the token is none. */
export function nodeOf(token: Token): JsonNode | null {
	switch (token.type) {
		case 'string':
			return { type: 'string', value: token.string.value };
		case 'number':
			return { type: 'number', raw: token.raw };
		case 'word':
			return LITERALS.get(token.raw) ?? null;
		default:
			return null;
	}
}

/** Names have no line ends, and none is made of several whose quotes got lost. */
export function isNoName(name: ReadString): boolean {
	if (name.isStrict) return false;
	if (name.written.includes('\n')) return true;
	return (
		name.kind !== 'double' && (/(?<!\\)'/.test(name.written) || endsIn(name).includes('double'))
	);
}

/** Whether a name is several members whose quotes got lost, as in `{a: 1, "b: 2, c": 3}`. */
export function isMembers(name: string): boolean {
	return name
		.split('\n')
		.some((line) => /^\s*[,:]/.test(line) || (line.includes(':') && /[,{}[\]]/.test(line)));
}

import type { JsonMember, JsonNode } from './jsonNode';

type Container = Extract<JsonNode, { type: 'object' | 'array' }>;

/** An object or list that is open while its text is read. */
export interface Level {
	container: Container;
	/** What has to come: the first member or item, one behind a comma, what follows a name, or a comma. */
	expects: 'first' | 'next' | 'colon' | 'value' | 'comma';
	/** Of the member that is read. */
	name: string;
	/** Whether the last value has brackets. */
	endsInBracket: boolean;
}

export function open(bracket: '{' | '['): Level {
	const container: Container =
		bracket === '{' ? { type: 'object', members: [] } : { type: 'array', items: [] };
	return { container, expects: 'first', name: '', endsInBracket: false };
}

export function add({ container, name }: Level, node: JsonNode): void {
	if (container.type === 'object') container.members.push({ name, node });
	else container.items.push(node);
}

/** What was read of the outermost value, without objects and lists that came to nothing. */
export function certainOf(levels: Level[]): JsonNode | null {
	let inner: Container | null = null;
	for (const { container } of [...levels].reverse()) {
		if (inner !== null && isEmpty(inner)) dropLast(container);
		inner = container;
	}
	return inner === null || isEmpty(inner) ? null : inner;
}

function isEmpty(container: Container): boolean {
	return (container.type === 'object' ? container.members : container.items).length === 0;
}

function dropLast(container: Container): void {
	const list: JsonMember[] | JsonNode[] =
		container.type === 'object' ? container.members : container.items;
	list.pop();
}

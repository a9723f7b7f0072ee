/**
 * A JSON value as it was written: numbers with their digits and members in their order, also those that
 * have the same name. `JSON.parse` forgets both, and with them that something was lost.
 */
export type JsonNode =
	| { type: 'object'; members: JsonMember[] }
	| { type: 'array'; items: JsonNode[] }
	| { type: 'string'; value: string }
	| { type: 'number'; raw: string }
	| { type: 'boolean'; value: boolean }
	| { type: 'null' };

export interface JsonMember {
	name: string;
	node: JsonNode;
}

/** The node of a value that came out of JSON. */
export function toNode(value: unknown): JsonNode {
	if (Array.isArray(value)) return { type: 'array', items: value.map(toNode) };
	switch (typeof value) {
		case 'string':
			return { type: 'string', value };
		case 'number':
			return { type: 'number', raw: Object.is(value, -0) ? '-0' : String(value) };
		case 'boolean':
			return { type: 'boolean', value };
		case 'object':
			if (value === null) return { type: 'null' };
			return {
				type: 'object',
				members: Object.entries(value).map(([name, inner]) => ({ name, node: toNode(inner) })),
			};
		default:
			return { type: 'null' };
	}
}

/** The value of a node. Of members with the same name the first one counts. */
export function toValue(node: JsonNode): unknown {
	switch (node.type) {
		case 'object':
			return toObject(node.members);
		case 'array':
			return node.items.map(toValue);
		case 'string':
		case 'boolean':
			return node.value;
		case 'number':
			return Number(node.raw);
		case 'null':
			return null;
	}
}

function toObject(members: JsonMember[]): Record<string, unknown> {
	const object: Record<string, unknown> = {};
	for (const { name, node } of members) {
		if (Object.hasOwn(object, name)) continue;
		const value = toValue(node);
		if (name === '__proto__') {
			// Assigned, it would become the prototype.
			Object.defineProperty(object, name, {
				value,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		} else {
			object[name] = value;
		}
	}
	return object;
}

/** About as many characters as the JSON of a node has. */
export function sizeOf(node: JsonNode): number {
	switch (node.type) {
		case 'object':
			return node.members.reduce(
				(size, member) => size + member.name.length + 4 + sizeOf(member.node),
				2,
			);
		case 'array':
			return node.items.reduce((size, item) => size + 1 + sizeOf(item), 2);
		case 'string':
			return node.value.length + 2;
		default:
			return 4;
	}
}

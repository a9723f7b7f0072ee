import type { JsonMember, JsonNode } from '../json/jsonNode';
import { toValue } from '../json/jsonNode';

/**
 * What would get lost if the node became a value: a member beside another one of the same name, digits of a
 * whole number, a number that is too large. Null when nothing would; without a final period.
 */
export function findLoss(node: JsonNode): string | null {
	switch (node.type) {
		case 'object':
			return findDouble(node.members) ?? firstLoss(node.members.map((member) => member.node));
		case 'array':
			return firstLoss(node.items);
		case 'number':
			return keepsDigits(node.raw)
				? null
				: `The number ${node.raw.slice(0, 50)} cannot be kept exactly`;
		default:
			return null;
	}
}

function firstLoss(nodes: JsonNode[]): string | null {
	for (const node of nodes) {
		const loss = findLoss(node);
		if (loss !== null) return loss;
	}
	return null;
}

function findDouble(members: JsonMember[]): string | null {
	const seen = new Map<string, JsonNode>();
	for (const { name, node } of members) {
		const first = seen.get(name);
		if (first === undefined) seen.set(name, node);
		else if (JSON.stringify(toValue(first)) !== JSON.stringify(toValue(node))) {
			return `The name "${name.slice(0, 50)}" stands twice in an object, with different values`;
		}
	}
	return null;
}

/** Fractions are rounded by every reader; a whole number may be an ID, where each digit counts. */
function keepsDigits(raw: string): boolean {
	const value = Number(raw);
	if (!Number.isFinite(value) || (value === 0 && /^-?[0.]*[1-9]/.test(raw))) return false;
	return !/^-?\d+$/.test(raw) || Number.isSafeInteger(value) || String(value) === raw;
}

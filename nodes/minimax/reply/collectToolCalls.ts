import type { ToolCall } from '../completion';
import { isRecord } from '../json/isRecord';
import { readIndex, readLabel } from '../json/readLabel';
import { textOf } from '../json/textOf';
import type { WireToolCall } from '../wireTypes';

export interface ToolCallCollector {
	/** Gives whether something was added. */
	accept(fragments: unknown): boolean;
	/** In the order of their indexes. */
	list(): WireToolCall[];
	/** Characters of text that are kept. */
	characters(): number;
	/** What is kept beside them: entries and their labels. */
	parts(): number;
}

interface Assembly {
	place: number;
	/** Fields beside those below, as sent last. */
	labels: Record<string, unknown>;
	id: string;
	name: string;
	arguments: string;
}

interface Fragment extends ToolCall {
	index: number | null;
}

/**
 * Puts tool calls together: whole ones (M2.1 sends a call in one chunk with the finish reason) and
 * fragments of `arguments` that carry only an index (M2.7), wherever indexes start and whenever the
 * name arrives. Another id at the same index begins another call if a name comes with it. Without a name
 * the call goes on: some servers make up a new id for each fragment. A call that has neither a name nor
 * arguments is left out.
 */
export function collectToolCalls(): ToolCallCollector {
	const assemblies: Assembly[] = [];
	const byIndex = new Map<number, Assembly>();
	const byId = new Map<string, Assembly>();
	let last: Assembly | undefined;
	let characters = 0;
	let parts = 0;

	function find({ index, id, name }: Fragment): Assembly | undefined {
		if (index === null) {
			const known = id === '' ? undefined : byId.get(id);
			return known ?? (name !== '' && last?.name ? undefined : last);
		}
		const known = byIndex.get(index);
		const isOther = Boolean(known?.id) && id !== '' && known?.id !== id;
		return isOther && name !== '' ? byId.get(id) : known;
	}

	function add({ index }: Fragment): Assembly {
		const place = index ?? (last?.place ?? -1) + 1;
		const assembly: Assembly = { place, labels: {}, id: '', name: '', arguments: '' };
		assemblies.push(assembly);
		parts += 1;
		byIndex.set(place, assembly);
		return assembly;
	}

	return {
		accept(fragments) {
			if (!Array.isArray(fragments)) return false;
			let accepted = false;
			for (const given of fragments) {
				if (!isRecord(given)) continue;
				const fragment = { index: readIndex(given.index), ...readCall(given) };
				const assembly = find(fragment) ?? add(fragment);
				last = assembly;
				accepted = true;
				for (const [field, value] of Object.entries(given)) {
					const isLabel = field !== 'function' && field !== 'id';
					if (!isLabel || value === null || value === '') continue;
					if (!(field in assembly.labels)) parts += 1;
					assembly.labels[field] = value;
				}
				if (fragment.id !== '') {
					if (assembly.id === '') assembly.id = fragment.id;
					if (!byId.has(fragment.id)) parts += 1;
					byId.set(fragment.id, assembly);
				}
				if (fragment.name !== '') assembly.name = fragment.name;
				assembly.arguments += fragment.arguments;
				characters += fragment.arguments.length;
			}
			return accepted;
		},
		characters: () => characters,
		parts: () => parts,
		list: () =>
			assemblies
				.filter((call) => call.name !== '' || call.arguments.trim() !== '')
				.sort((one, other) => one.place - other.place)
				.map(({ labels, id, name, arguments: text }) => ({
					id,
					type: 'function',
					...labels,
					function: { name, arguments: text },
				})),
	};
}

/** A tool call, whole or a fragment; what is missing, or is no text, is ''. */
export function readCall(call: Record<string, unknown>): ToolCall {
	const called = isRecord(call.function) ? call.function : {};
	return {
		id: readLabel(call.id) ?? '',
		name: readLabel(called.name) ?? '',
		// Some self-hosted servers send the arguments as an object.
		arguments: textOf(called.arguments),
	};
}

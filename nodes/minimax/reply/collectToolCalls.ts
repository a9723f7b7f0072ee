import type { WireToolCall } from '../wireTypes';

export interface ToolCallCollector {
	/** Gives whether something was added. */
	accept(fragments: unknown): boolean;
	/** In the order of their indexes. */
	list(): WireToolCall[];
}

interface Assembly {
	place: number;
	call: WireToolCall;
	name: string;
	arguments: string;
}

/**
 * Puts tool calls together: whole ones (M2.1 sends a call in one chunk with the finish reason) and
 * fragments of `arguments` that carry only an index (M2.7), wherever indexes start and whenever the
 * name arrives. A second id at the same index begins another call.
 */
export function collectToolCalls(): ToolCallCollector {
	const assemblies: Assembly[] = [];
	const byIndex = new Map<number, Assembly>();
	const byId = new Map<string, Assembly>();
	let last: Assembly | undefined;

	function find({ index, id, function: called }: WireToolCall): Assembly | undefined {
		if (typeof index !== 'number') {
			if (id) return byId.get(id);
			return called?.name && last?.name ? undefined : last;
		}
		const known = byIndex.get(index);
		return known?.call.id && id && known.call.id !== id ? undefined : known;
	}

	function add(fragment: WireToolCall): Assembly {
		const place = typeof fragment.index === 'number' ? fragment.index : (last?.place ?? -1) + 1;
		const assembly: Assembly = { place, call: {}, name: '', arguments: '' };
		assemblies.push(assembly);
		byIndex.set(place, assembly);
		return assembly;
	}

	return {
		accept(fragments) {
			if (!Array.isArray(fragments)) return false;
			let accepted = false;
			for (const given of fragments) {
				if (typeof given !== 'object' || given === null) continue;
				const fragment: WireToolCall = given;
				const { function: called, ...labels } = fragment;
				const assembly = find(fragment) ?? add(fragment);
				last = assembly;
				accepted = true;
				for (const [field, value] of Object.entries(labels)) {
					if (value === null || value === undefined || value === '') continue;
					Object.assign(assembly.call, { [field]: value });
				}
				if (labels.id) byId.set(labels.id, assembly);
				if (called?.name) assembly.name = called.name;
				assembly.arguments += argumentsText(called?.arguments);
			}
			return accepted;
		},
		list: () =>
			[...assemblies]
				.sort((one, other) => one.place - other.place)
				.map(({ call, name, arguments: text }) => ({
					id: '',
					type: 'function',
					...call,
					function: { name, arguments: text },
				})),
	};
}

/** Some self-hosted servers send the arguments as an object. */
export function argumentsText(sent: unknown): string {
	if (typeof sent === 'string') return sent;
	return sent === null || sent === undefined ? '' : JSON.stringify(sent);
}

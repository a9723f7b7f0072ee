import { readIndex, readLabel } from '../json/readLabel';
import type { WireReasoningDetail } from '../wireTypes';

export interface ReasoningDetailsCollector {
	/** Gives the text these fragments add. */
	accept(fragments: unknown): string;
	list(): WireReasoningDetail[];
	/** Characters of text that are kept. */
	characters(): number;
	/** What is kept beside them: entries and their labels. */
	parts(): number;
}

/**
 * Joins fragments of `reasoning_details` that share an id, or an index where the id is left out. The
 * texts are fragments on the wire, although MiniMax's sample code takes them for snapshots:
 * https://github.com/MiniMax-AI/MiniMax-M2/issues/95
 */
export function collectReasoningDetails(): ReasoningDetailsCollector {
	const details: WireReasoningDetail[] = [];
	const byKey = new Map<string, WireReasoningDetail>();
	let characters = 0;
	let parts = 0;

	function findOrAdd(fragment: WireReasoningDetail): WireReasoningDetail {
		const id = readLabel(fragment.id) ?? '';
		const indexKey = `index ${readIndex(fragment.index) ?? 0}`;
		const idKey = id === '' ? null : `id ${id}`;
		const known = idKey === null ? byKey.get(indexKey) : byKey.get(idKey);
		if (known !== undefined) return known;
		const sameIndex = byKey.get(indexKey);
		const detail = sameIndex !== undefined && !sameIndex.id ? sameIndex : {};
		if (detail !== sameIndex) details.push(detail);
		parts += 1;
		byKey.set(indexKey, detail);
		if (idKey !== null) byKey.set(idKey, detail);
		return detail;
	}

	return {
		accept(fragments) {
			// LiteLLM's proxies sent a text in their place.
			const given: unknown = typeof fragments === 'string' ? [{ text: fragments }] : fragments;
			if (!Array.isArray(given)) return '';
			let added = '';
			for (const fragment of given) {
				if (typeof fragment !== 'object' || fragment === null) continue;
				const { text, ...labels }: WireReasoningDetail = fragment;
				const detail = findOrAdd(labels);
				for (const [field, value] of Object.entries(labels)) {
					if (value === null || value === undefined) continue;
					if (!(field in detail)) parts += 1;
					Object.assign(detail, { [field]: value });
				}
				if (typeof text !== 'string') continue;
				detail.text = (detail.text ?? '') + text;
				characters += text.length;
				added += text;
			}
			return added;
		},
		list: () => details,
		characters: () => characters,
		parts: () => parts,
	};
}

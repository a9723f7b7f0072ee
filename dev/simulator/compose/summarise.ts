import { isObject, type JsonValue, parseJson } from '../json.ts';
import { meaningfulWords, sentences } from './words.ts';

const numberWords: Record<string, number> = {
	one: 1,
	a: 1,
	single: 1,
	two: 2,
	three: 3,
	four: 4,
	five: 5,
	six: 6,
	seven: 7,
	eight: 8,
	ten: 10,
};

export function asksForSummary(instructions: string): boolean {
	return /summar|digest|tl;?dr|recap|briefing|key (?:points|takeaways)|main points/i.test(
		instructions,
	);
}

/** The sentences that say most, in their order: as bullets, or as text when one is asked for. */
export function summarise(instructions: string, material: string): string {
	const count = countAsked(instructions);
	const chosen = keySentences(material, count ?? 3);
	const asText =
		count === 1 || /\b(?:one|a single|a) (?:sentence|paragraph|line)\b/i.test(instructions);
	return asText ? chosen.join(' ') : chosen.map((sentence) => `- ${sentence}`).join('\n');
}

function countAsked(instructions: string): number | undefined {
	const units = '(?:bullets?|bullet points?|points|sentences?|lines?|items|takeaways)';
	const number = `\\d+|${Object.keys(numberWords).join('|')}`;
	const match = new RegExp(`\\b(${number})(?: \\w+)? ${units}\\b`, 'i').exec(instructions);
	const word = match?.[1]?.toLowerCase() ?? '';
	const count = numberWords[word] ?? Number(word || NaN);
	return count >= 1 && count <= 20 ? count : undefined;
}

/** Scores a sentence by how often its words occur in the whole text. */
export function keySentences(material: string, count: number): string[] {
	const all = [...new Set(materialSentences(material))];
	const frequency = new Map<string, number>();
	for (const word of all.flatMap(meaningfulWords)) {
		frequency.set(word, (frequency.get(word) ?? 0) + 1);
	}
	const scored = all.map((sentence, index) => {
		const words = [...new Set(meaningfulWords(sentence))];
		const sum = words.reduce((total, word) => total + (frequency.get(word) ?? 0), 0);
		return { sentence, index, score: sum / Math.sqrt(words.length + 3) };
	});
	const best = scored.sort((one, other) => other.score - one.score).slice(0, count);
	return best.sort((one, other) => one.index - other.index).map(({ sentence }) => sentence);
}

/** Data handed over as JSON is read through its longer texts. */
function materialSentences(material: string): string[] {
	const start = material.search(/[[{]/);
	const value = start < 0 ? undefined : parseJson(material.slice(start).trim());
	const texts = value === undefined ? [] : textsOf(value).filter((text) => text.length > 20);
	return texts.length > 0 ? texts.flatMap(sentences) : sentences(material);
}

function textsOf(value: JsonValue | undefined): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(textsOf);
	return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

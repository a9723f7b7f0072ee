const fillerWords = new Set(
	(
		'a an and are as at be been but by can could did do does for from had has have he her his how i ' +
		'if in into is it its just like me more my no not of on one only or our out over please she so ' +
		'some such tell than that the their them then there these they this to up us use using was we ' +
		'were what when where which who why will with would you your about after all also any because ' +
		'before give find get let make now should show text following very'
	).split(' '),
);

/** Lower-case words that carry meaning, cut to a rough stem so that `refunds` meets `refunded`. */
export function meaningfulWords(text: string): string[] {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.filter((word) => word.length > 1 && !fillerWords.has(word)).map(stem);
}

function stem(word: string): string {
	if (word.length <= 4) return word.length === 4 ? word.replace(/s$/, '') : word;
	return word.replace(/(?:ations?|ings?|ies|ed|es|s|ly|e)$/, '');
}

/** How many different words of `text` occur in `other`. */
export function sharedWords(text: string, other: string): number {
	const known = new Set(meaningfulWords(other));
	return new Set(meaningfulWords(text).filter((word) => known.has(word))).size;
}

/** The words that occur most, as written, for titles and keywords. */
export function keywords(text: string, count: number): string[] {
	const spelled = new Map<string, { word: string; times: number }>();
	for (const word of text.match(/\p{L}[\p{L}\p{N}-]{3,}/gu) ?? []) {
		const [key] = meaningfulWords(word);
		if (key === undefined) continue;
		const entry = spelled.get(key) ?? { word, times: 0 };
		entry.times += 1;
		spelled.set(key, entry);
	}
	const entries = [...spelled.values()].sort((one, other) => other.times - one.times);
	return entries.slice(0, count).map(({ word }) => word);
}

/** Sentences and list lines, in order. */
export function sentences(text: string): string[] {
	return text
		.split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\p{N}"'“(*-])/u)
		.map((sentence) => sentence.replace(/^\s*(?:[-*•]|#+|\d+[.)])\s+/, '').trim())
		.filter((sentence) => /\p{L}/u.test(sentence));
}

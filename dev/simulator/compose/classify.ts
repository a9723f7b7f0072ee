import { sharedWords, meaningfulWords } from './words.ts';

/** Words that speak for a label without containing it; a label meets a group by its own name. */
const topics: string[][] = [
	'billing invoice payment charge charged refund price pricing cost card subscription paid money'.split(
		' ',
	),
	'bug error crash crashes broken fail fails failed technical issue freeze stuck problem defect incident nothing'.split(
		' ',
	),
	'feature wish request idea suggestion add support improvement enhancement consider integration'.split(
		' ',
	),
	'shipping delivery deliver parcel package arrive arrived late courier tracking order logistics'.split(
		' ',
	),
	'account login password access signin locked reset email profile security'.split(' '),
	'positive praise happy love loved great excellent amazing thanks thank wonderful perfect good fast compliment'.split(
		' ',
	),
	'negative complaint angry bad terrible awful worst disappointed disappointing slow poor hate broken rude unhappy'.split(
		' ',
	),
	'urgent high critical asap immediately down outage emergency blocker'.split(' '),
	'question how inquiry information help ask wondering'.split(' '),
	'spam offer winner prize free click viagra lottery'.split(' '),
	'sales buy purchase quote demo enterprise trial upgrade'.split(' '),
	'sport match game team player goal league'.split(' '),
	'technology tech software computer ai chip phone app'.split(' '),
	'politics government election minister parliament law'.split(' '),
	'business economy market company shares bank profit'.split(' '),
];

const fallbackLabel = /^(?:other|neutral|none|general|misc\w*|unknown|unclear)$/i;

/** Labels that the instructions list, or undefined when none are. */
export function findLabels(instructions: string): string[] | undefined {
	const asks = /classif|categor|label|sentiment|one of|which of|either|tag\b|one word|route/i;
	if (!asks.test(instructions)) return undefined;
	const lead =
		/(?:\b(?:categor(?:y|ies)|labels?|class(?:es)?|tags?|options?|one of(?: the following| these)?(?: \w+)?|one word|sentiment|as(?: either| one of)?|either|into)\b|\()\s*(?:\([^)]*\)\s*)?(?:is |are |:|—|-)?\s*/gi;
	for (const match of instructions.matchAll(lead)) {
		const rest = instructions.slice(match.index + match[0].length);
		const labels = readBullets(rest) ?? readInline(rest);
		if (labels) return labels;
	}
	return undefined;
}

function readBullets(text: string): string[] | undefined {
	const block = /^\s*\n?((?:\s*(?:[-*•]|\d+[.)])\s+.+(?:\n|$)){2,})/.exec(text)?.[1];
	if (block === undefined) return undefined;
	return block
		.trim()
		.split('\n')
		.map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, ''))
		.map((line) => clean(line.split(/: | [-–—] /)[0] ?? line));
}

function readInline(text: string): string[] | undefined {
	const [line = ''] = /^[^\n.;!?)]*/.exec(text) ?? [];
	const [list = ''] = line.split(/\. |\band (?:answer|reply|explain|return|use|output|nothing)\b/i);
	const labels = list.split(/\s*(?:,(?:\s*(?:or|and)\b)?|\||\/|\bor\b|\band\b)\s*/i).map(clean);
	const real = labels.filter((label) => label !== '');
	const areShort = real.every((label) => label.split(/\s+/).length <= 3);
	return real.length >= 2 && areShort ? real : undefined;
}

function clean(label: string): string {
	return label
		.trim()
		.replace(/^["'`“‘*]+|["'`”’*:]+$/g, '')
		.trim();
}

export interface Classified {
	label: string;
	/** How many words spoke for it. */
	score: number;
}

/**
 * The label that fits best: words it shares with the text, its own and those of its topic.
 * @param describe further words that belong to a label
 */
export function classify(
	labels: string[],
	text: string,
	describe: (label: string) => string = () => '',
): Classified {
	const scored = labels.map((label) => {
		const own = sharedWords(`${spaced(label)} ${describe(label)}`, text) * 2;
		return { label, score: own + sharedWords(topicOf(label), text) };
	});
	const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
	if (best.score > 0) return best;
	const fallback = labels.find((label) => fallbackLabel.test(label));
	return { label: fallback ?? labels[0] ?? '', score: 0 };
}

/** `feature_request`, `featureRequest` → words. */
export function spaced(name: string): string {
	return name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_\-./]+/g, ' ');
}

function topicOf(label: string): string {
	const names = new Set(meaningfulWords(spaced(label)));
	const met = topics.filter((topic) =>
		topic.slice(0, 4).some((word) => names.has(meaningfulWords(word)[0] ?? '')),
	);
	return met.flat().join(' ');
}

import { readCompletion } from '../../../nodes/minimax/reply/readCompletion';

const event = (delta: object, finish?: string) =>
	`data: ${JSON.stringify({ id: 'a', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

async function read(deltas: object[], openerMayBeMissing = false) {
	const heard: string[] = [];
	async function* body() {
		for (const delta of deltas) yield new TextEncoder().encode(event(delta));
		yield new TextEncoder().encode(event({}, 'stop'));
	}
	const result = await readCompletion(
		{ status: 200, headers: {}, body: body() },
		{ openerMayBeMissing, onAnswer: (text) => void heard.push(text) },
	);
	if ('failure' in result) throw new Error(result.failure.cause);
	return { heard, content: result.completion.content };
}

const say = (...texts: string[]) => texts.map((content) => ({ content }));

it.each<[string, object[], string[], string]>([
	['as it came', say('Os', 'lo ', 'now'), ['Os', 'lo ', 'now'], 'Oslo now'],
	['blank text before it is the answer’s', say('\n\n', 'Oslo'), ['\n\nOslo'], '\n\nOslo'],
	[
		'blank text between',
		say('Oslo', '\n\n', 'Bergen'),
		['Oslo', '\n\n', 'Bergen'],
		'Oslo\n\nBergen',
	],
	['behind inline thinking', say('<think>Hm.</think>', '\n\n', 'Oslo'), ['Oslo'], 'Oslo'],
	[
		'behind thinking in a field',
		[{ reasoning_content: 'Hm.' }, ...say('\n\n', 'Oslo')],
		['\n\nOslo'],
		'\n\nOslo',
	],
	['nothing but blanks', say(' ', '\n'), [], ''],
])('%s', async (_, deltas, heard, content) => {
	expect(await read(deltas)).toEqual({ heard, content });
});

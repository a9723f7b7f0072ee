import fc from '../../support/fastCheck';

import { harmful } from '../../../dev/jsonAnswers/harmful.ts';
import { harmless } from '../../../dev/jsonAnswers/harmless.ts';
import { judge, type Read, type Verdict } from '../../../dev/jsonAnswers/judge.ts';
import { seeded } from '../../../dev/jsonAnswers/random.ts';
import { answerValues } from '../../../dev/jsonAnswers/values.ts';
import { readNode } from '../../../nodes/minimax/json/readNode';
import { toValue } from '../../../nodes/minimax/json/jsonNode';
import { readJsonAnswer } from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';

const read: Read = (text, schema, finishReason) =>
	readJsonAnswer(text, readSchema(schema), finishReason);

// 100,000 answers of the same kinds: npm run json-answers.
const RUNS = { numRuns: 60, seed: 11 };

test.each([...harmless, ...harmful].map((damage) => [damage.name, damage] as const))(
	'damaged answers come out as they were meant or not at all: %s',
	(_, damage) => {
		fc.assert(
			fc.property(answerValues, fc.nat(), (value, seed) => {
				const judgement = judge(value, damage, seeded(seed), read);
				if (judgement.verdict === 'wrong') throw new Error(JSON.stringify(judgement));
			}),
			RUNS,
		);
	},
);

test.each(harmless.map((damage) => [damage.name, damage] as const))(
	'at least 97 of 100 come out: %s',
	(_, damage) => {
		const verdicts: Record<Verdict, number> = {
			recovered: 0,
			refused: 0,
			wrong: 0,
			invisible: 0,
			none: 0,
		};
		fc.sample(answerValues, { numRuns: 300, seed: 12 }).forEach((value, seed) => {
			verdicts[judge(value, damage, seeded(seed), read).verdict] += 1;
		});
		expect(verdicts.recovered).toBeGreaterThanOrEqual(0.97 * (300 - verdicts.none));
		expect(verdicts.wrong).toBe(0);
	},
);

test('JSON is read as JSON.parse reads it', () => {
	const containers = fc.json().filter((json) => /^\s*[{[]/.test(json));
	fc.assert(
		fc.property(containers, (json) => {
			const reading = readNode(json, 0);
			expect(reading).toMatchObject({ ok: true, isStrict: true, end: json.length });
			expect(reading.ok && toValue(reading.node)).toEqual(JSON.parse(json));
		}),
		{ ...RUNS, numRuns: 300 },
	);
});

test('text that is no JSON is never taken for JSON as it stands', () => {
	const characters = fc.constantFrom(...'{}[]:,"\'\\ \n1-.eEtrufalsn/*#u0é');
	const texts = fc.string({ unit: characters, maxLength: 12 }).map((text) => `[${text}]`);
	fc.assert(
		fc.property(texts, (text) => {
			const reading = readNode(text, 0);
			const isWhole = reading.ok && reading.isStrict && reading.end === text.length;
			let isJson = true;
			try {
				JSON.parse(text);
			} catch {
				isJson = false;
			}
			expect(isWhole).toBe(isJson);
		}),
		{ ...RUNS, numRuns: 20_000 },
	);
});

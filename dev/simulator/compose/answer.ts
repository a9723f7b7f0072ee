import { asksForSummary, keySentences, summarise } from './summarise.ts';
import { stateCalculations } from './calculate.ts';
import { classify, findLabels } from './classify.ts';
import { describePicture } from './describePicture.ts';
import { findShape, withoutJson } from './findShape.ts';
import type { JsonObject } from '../json.ts';
import { splitInstructions, type Task } from './task.ts';
import { sentences, sharedWords } from './words.ts';
import { writeJson } from './writeJson.ts';

export interface Answer {
	text: string;
	/** What the thinking says about it. */
	because: string;
}

/** Answers a request without tools: JSON, results of tools, labels, summary, facts, small talk. */
export function answer(task: Task, wantsJson: boolean, schema: JsonObject | undefined): Answer {
	const { instructions, material } = task;
	const shape = schema ?? findShape(`${instructions}\n${task.question}`);
	if (shape || wantsJson) return answerJson(task, shape);
	if (task.results.length > 0) return quoteResults(task);
	const labels = findLabels(instructions);
	if (labels) {
		const { label, score } = classify(labels, material);
		const because = `The labels are ${labels.join(', ')}. ${reason(score)} I answer ${label}.`;
		return { text: label, because };
	}
	if (asksForSummary(instructions)) {
		const text = summarise(instructions, material);
		const count = sentences(material).length;
		return { text, because: `The text has ${count} sentences. I keep those that say most.` };
	}
	return answerQuestion(task);
}

function reason(score: number): string {
	if (score === 0) return 'No word of the text speaks for one of them, so I take the safest.';
	return `${score === 1 ? 'One hint' : `${score} hints`} in the text decide it.`;
}

function answerJson(task: Task, shape: JsonObject | undefined): Answer {
	const results = task.results.map(({ result }) => result).join('\n');
	// The shape is no material, unless there is nothing else.
	const { material } = splitInstructions(withoutJson(task.question));
	const source = `${material === '' ? task.material : material}\n${results}`.trim();
	const value = writeJson(shape ?? { properties: { answer: { type: 'string' } } }, source);
	const json = JSON.stringify(value);
	const isFenced = /(?<!no )(?:markdown code ?block|code fence)/i.test(
		task.instructions + task.question,
	);
	return {
		text: isFenced ? `\`\`\`json\n${json}\n\`\`\`` : json,
		because: 'The answer has to be JSON, so I fill in each field from the text.',
	};
}

function quoteResults(task: Task): Answer {
	const sums = stateCalculations(task.results);
	if (sums !== undefined) return { text: sums, because: 'All is calculated; I say it in words.' };
	const lines = task.results.map(({ name, arguments: given, result }) => {
		const input = given === '{}' ? '' : ` ${given}`;
		return `- ${name}${input}: ${result.trim().slice(0, 600)}`;
	});
	const count = task.results.length === 1 ? 'One result' : `${task.results.length} results`;
	return {
		text: `Here is what I found:\n${lines.join('\n')}`,
		because: `${count} came back. That is enough to answer.`,
	};
}

function answerQuestion(task: Task): Answer {
	const { question, history } = task;
	if (task.pictures.length > 0) {
		return {
			text: `${task.pictures.map(describePicture).join(' ')} I am a stand-in for MiniMax and see no more of a picture than that.`,
			because: 'There is something to look at, so I say what I see of it.',
		};
	}
	if (/^\W*(?:hello|hi|hey|good (?:morning|evening|day))\b.{0,20}$/is.test(question)) {
		return {
			text: 'Hello! How can I help you today?',
			because: 'A greeting. I greet back and offer help.',
		};
	}
	const known = [...history, ...sentences(question).filter((sentence) => !sentence.endsWith('?'))];
	const asked = sentences(question).findLast((sentence) => sentence.endsWith('?'));
	const fact = asked === undefined ? undefined : bestSentence(known.flatMap(sentences), asked);
	if (fact !== undefined) {
		return {
			text: `From what you told me: ${fact}`,
			because: 'The conversation holds the answer.',
		};
	}
	const [point = question.trim()] = keySentences(question, 1);
	return {
		text: [
			`You said: “${point.slice(0, 300)}” I am a local stand-in for MiniMax: I can sum up, sort and fill in what you give me, but I know nothing beyond it.`,
			'What you see is real all the same. This answer left my server piece by piece, went through n8n, and was counted in tokens like any other; the thinking before it came in pieces of its own and is kept apart from what you read here.',
			'Put a key of MiniMax into the credential, choose its region, and the same workflow answers what you asked.',
		].join('\n\n'),
		because: 'Nothing in the conversation answers that. I repeat the point and say so.',
	};
}

function bestSentence(candidates: string[], question: string): string | undefined {
	const scored = candidates
		.filter((sentence) => !sentence.endsWith('?'))
		.map((sentence) => ({ sentence, score: sharedWords(sentence, question) }));
	const best = scored.sort((one, other) => other.score - one.score)[0];
	return best && best.score > 0 ? best.sentence : undefined;
}

import type { ChatMessage, ChatRequest } from '../chatRequest.ts';
import { sentences } from './words.ts';

/** What a request asks for, and what it asks it about. */
export interface Task {
	/** System prompt and the sentences of the user that say what to do. */
	instructions: string;
	/** The rest of the user's text. */
	material: string;
	/** The whole last user message. */
	question: string;
	/** Earlier user messages, oldest first. */
	history: string[];
	/** Tool calls and results since the user spoke. */
	results: ToolResult[];
	/** Addresses of the pictures in the last user message, often `data:` ones. */
	pictures: string[];
}

export interface ToolResult {
	name: string;
	arguments: string;
	result: string;
}

const instructionWords =
	/\b(?:summar(?:y|i[sz]e)|digest|tl;?dr|recap|classif(?:y|ies)|categori[sz]e|label|extract|translate|(?:answer|reply|respond|output|return)(?: it)? (?:only|with|in|as|exactly)|json|bullet points?|one of (?:the following|these)|categories|key points|sentiment of|you are (?:a|an|the)|your task)\b/i;
/** An instruction is short; a long sentence with such a word is material. */
const longestInstruction = 400;

export function readTask(request: ChatRequest): Task {
	const { messages } = request;
	const last = messages.findLastIndex(({ role }) => role === 'user');
	const question = messages[last]?.text ?? '';
	const system = messages
		.filter(({ role }) => role === 'system' || role === 'developer' || role === 'user_system')
		.map(({ text }) => text)
		.join('\n');
	const { instructions, material } = splitInstructions(question);
	return {
		instructions: `${system}\n${instructions}`.trim(),
		material: material === '' ? question : material,
		question,
		history: messages
			.slice(0, Math.max(0, last))
			.filter(isUser)
			.map(({ text }) => text),
		results: readResults(messages.slice(last + 1)),
		pictures: messages[last]?.pictures ?? [],
	};
}

function isUser({ role }: ChatMessage): boolean {
	return role === 'user';
}

/** Parts what the user says to do from what to do it with. */
export function splitInstructions(text: string): { instructions: string; material: string } {
	const instructions: string[] = [];
	const material: string[] = [];
	for (const line of text.split('\n')) {
		const colon = line.indexOf(': ');
		const head = line.slice(0, Math.max(0, colon));
		if (colon > 0 && instructionWords.test(head) && !looksLikeList(line.slice(colon + 2))) {
			instructions.push(head);
			material.push(line.slice(colon + 2));
			continue;
		}
		if (!instructionWords.test(line)) {
			material.push(line);
			continue;
		}
		for (const sentence of sentences(line)) {
			const instructs = instructionWords.test(sentence) && sentence.length <= longestInstruction;
			(instructs ? instructions : material).push(sentence);
		}
	}
	return { instructions: instructions.join('\n'), material: material.join('\n').trim() };
}

/** `Categories: billing, bug or praise` is a part of the instruction. */
function looksLikeList(text: string): boolean {
	const items = text.split(/[,|/]| or | and /);
	return items.length > 1 && items.every((item) => item.trim().split(/\s+/).length <= 3);
}

function readResults(messages: ChatMessage[]): ToolResult[] {
	const calls = new Map(
		messages.flatMap(({ toolCalls }) => toolCalls).map((call) => [call.id, call]),
	);
	return messages
		.filter(({ role }) => role === 'tool')
		.map(({ toolCallId, text }) => {
			const call = calls.get(toolCallId ?? '');
			return { name: call?.name ?? 'tool', arguments: call?.arguments ?? '{}', result: text };
		});
}

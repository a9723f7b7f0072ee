import { drawFault } from './chooseFault.ts';
import type { ChatRequest } from './chatRequest.ts';
import { chooseReply } from './chooseReply.ts';
import { deliverReasoning, usualDelivery } from './deliverReasoning.ts';
import { minimax } from './dialects/minimax.ts';
import { newHexId } from './dialects/newId.ts';
import { sglang } from './dialects/sglang.ts';
import { vllm } from './dialects/vllm.ts';
import type { Dialect, Draft } from './draft.ts';
import type { Exchange } from './exchange.ts';
import type { JsonValue } from './json.ts';
import { limitReply } from './limitReply.ts';
import { type Directive, readDirective } from './readDirective.ts';
import { readRequest } from './readRequest.ts';
import { Rejection } from './rejection.ts';
import { replyHeaders, sendFault, sendJson } from './sendReply.ts';
import type { ScriptedReply, ServerMode, SimulatorSettings } from './settings.ts';
import type { Simulation } from './simulation.ts';
import { nextWrite, sendBrokenJson, streamReply } from './streamReply.ts';
import { lastUserText, replaceLastUserText, turnsSinceUser } from './userText.ts';
import { writeFrames } from './writeFrames.ts';

const dialects: Record<ServerMode, Dialect> = { minimax, vllm, sglang };

/**
 * Answers one chat completion: settings, limits, checks, faults, reply.
 * @param inFlight how many requests this key has in flight, this one included
 * @throws Rejection
 */
export async function answerChat(
	simulation: Simulation,
	exchange: Exchange,
	key: string,
	body: JsonValue | undefined,
	inFlight: number,
): Promise<void> {
	const text = lastUserText(body);
	const directive = readDirective(text);
	const scripted = simulation.scripted[0];
	const settings = chooseSettings(simulation.settings, scripted, directive, body);

	const { rateLimit, maxInFlightPerKey } = settings;
	if (rateLimit && !simulation.limiter.admits(key, rateLimit, exchange.arrivedAt)) {
		throw new Rejection(undefined, { code: 1002 });
	}
	if (maxInFlightPerKey > 0 && inFlight > maxInFlightPerKey) {
		throw new Rejection(undefined, { code: 1041 });
	}
	const request = readRequest(body, settings);
	const { rejectText, rejectAs } = settings;
	if (rejectText !== null && request.messages.some(({ text: said }) => said.includes(rejectText))) {
		throw new Rejection(rejectAs.message, rejectAs);
	}
	if (directive) replaceLastUserText(request.messages, directive.text);
	if (scripted) simulation.scripted.shift();

	const place = directive?.settings.fault ? text : scripted?.fault ? 'scripted' : 'lasting';
	const fault =
		simulation.faults.take(settings.fault, place) ??
		drawFault(settings.faultRates, simulation.random);
	if (fault && (await sendFault(exchange, settings, fault))) return;
	if (settings.body !== null) return sendBody(exchange, settings, settings.body);
	if (settings.requireReasoningReplay) simulation.turns.check(request.messages);

	const dialect = dialects[settings.mode];
	const draft = draftReply(simulation, request, settings, dialect, key);
	if (request.stream) {
		return streamReply(exchange, draft, writeFrames(draft, dialect, request.includeUsage), fault);
	}
	if (!(await exchange.wait(settings.latencyMs + thinkingTimeMs(draft)))) return;
	const completion = dialect.completion(draft);
	if (fault) return sendBrokenJson(exchange, draft, JSON.stringify(completion), fault);
	sendJson(exchange, settings.mode, 200, completion, draft.id, settings.headers);
}

function thinkingTimeMs({ settings, usage }: Draft): number {
	const { tokensPerSecond } = settings;
	return tokensPerSecond > 0 ? (usage.completionTokens / tokensPerSecond) * 1000 : 0;
}

/** The whole reply as the settings give it. */
async function sendBody(
	exchange: Exchange,
	settings: SimulatorSettings,
	body: JsonValue,
): Promise<void> {
	if (!(await exchange.wait(settings.latencyMs))) return;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const isStream = /^\uFEFF?(data|event|id|retry)?:/.test(text);
	const type = isStream ? 'text/event-stream' : 'application/json; charset=utf-8';
	const headers = replyHeaders(exchange, settings.mode, newHexId(), type);
	exchange.start(200, { ...headers, ...settings.headers });
	if (await exchange.write(text, nextWrite(settings))) exchange.end();
}

/** The nearer settings win: lasting, scripted, in the message, of this turn of a tool loop. */
function chooseSettings(
	lasting: SimulatorSettings,
	scripted: ScriptedReply | undefined,
	directive: Directive | undefined,
	body: JsonValue | undefined,
): SimulatorSettings {
	const isPlain = lasting.turns.length === 0 && lasting.toolCalls === null;
	if (isPlain && !scripted && !directive) return lasting;
	const turn = turnsSinceUser(body);
	// Tool calls are the first answer to a message, or the loop would never end.
	const spoken: ScriptedReply = { toolCalls: null };
	const settings = {
		...lasting,
		...(turn > 0 && spoken),
		...scripted,
		...directive?.settings,
		...(turn > 0 && directive?.settings.toolCalls && spoken),
	};
	return { ...settings, ...settings.turns[turn] };
}

function draftReply(
	simulation: Simulation,
	request: ChatRequest,
	settings: SimulatorSettings,
	dialect: Dialect,
	key: string,
): Draft {
	const { model } = request;
	const composed = chooseReply(
		request,
		settings,
		(index) => dialect.newToolCallId(index),
		simulation.random,
	);
	const limit = Math.min(request.maxTokens ?? Infinity, model.maxOutputTokens);
	const { reply, completionTokens, reasoningTokens } = limitReply(composed, limit);
	simulation.tokens += request.promptTokens + completionTokens;
	if (reply.toolCalls.length > 0) simulation.turns.remember(reply.reasoning, reply.toolCalls);
	const delivery =
		settings.reasoning === 'auto'
			? usualDelivery(settings.mode, model, request.reasoningSplit)
			: settings.reasoning;
	return {
		id: newHexId(),
		created: Math.floor(simulation.now() / 1000),
		model,
		reply: { ...reply, finishReason: settings.finishReason ?? reply.finishReason },
		delivery: deliverReasoning(reply, delivery, model),
		usage: {
			promptTokens: request.promptTokens,
			completionTokens,
			reasoningTokens,
			cachedTokens: simulation.prompts.lookUp(key, request),
		},
		serviceTier: request.serviceTier,
		settings,
	};
}

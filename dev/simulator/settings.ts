import type { JsonObject, JsonValue } from './json.ts';
import { isObject } from './json.ts';

/**
 * How thinking reaches the client.
 * `auto` is what the played server does: inline think tags unless the request has
 * `reasoning_split`, `reasoning` on vLLM, `reasoning_content` on SGLang.
 */
export type ReasoningDelivery =
	| 'auto'
	| 'inline'
	| 'split'
	| 'both'
	| 'none'
	| 'details-only'
	| 'content-only'
	| 'vllm'
	| 'missing-opener'
	| 'mm-closer';

export type ServerMode = 'minimax' | 'vllm' | 'sglang';

export interface ToolCallSetting {
	name: string;
	/** An object is written as JSON; a string is sent byte for byte, broken JSON included. */
	arguments: string | JsonObject;
	id?: string;
}

/** What goes wrong with a request. Fields that are left out get the usual value of the others. */
export interface Fault {
	/** Error envelope with this HTTP status; alone it gets the code usual for the status. */
	status?: number;
	/** MiniMax code, e.g. 1002; alone it gets its usual HTTP status. */
	code?: number;
	message?: string;
	type?: string;
	/** HTTP 200 with this code in `base_resp`, as the native endpoints answer. */
	baseResp?: number;
	/** A body that is not the API's: a gateway's HTML page, nothing at all, or this text. */
	body?: 'html' | 'empty' | { text: string };
	/** `Retry-After`: seconds as a number, anything else as it stands. MiniMax sends none. */
	retryAfter?: number | string;
	/** Before any reply: reset the connection, or never answer. */
	connection?: 'reset' | 'hang';
	/** After a part of the reply: reset, clean end, an error object, base_resp, broken JSON, silence. */
	stream?: 'reset' | 'end' | 'error' | 'base-resp' | 'malformed' | 'stall';
	/** How many frames go out before a `stream` fault; half of them when left out. */
	afterChunks?: number;
	/** Only the first so many requests fail; in a `#sim` line, the first with this very message. */
	times?: number;
}

export interface RateLimit {
	/** `fixed`: the window opens with its first request; `sliding`: counts the last windowMs. */
	kind: 'fixed' | 'sliding';
	requests: number;
	windowMs: number;
}

/**
 * Shares of the rows that are left out, stand there twice, get an ID that nobody gave or a value of another
 * shape; shares of the requests in which two rows swap their values, the order changes, words stand around, or the
 * end is missing.
 */
export type RowFaults = Partial<
	Record<'leaveOut' | 'double' | 'rename' | 'spoil' | 'swap' | 'shuffle' | 'words' | 'cut', number>
>;

/** Names are the same in `set`, `script`, the admin route and a `#sim {…}` line of a message. */
export interface SimulatorSettings {
	/** Which server is played; the self-hosted ones take any model name and any role order. */
	mode: ServerMode;
	/** Self-hosted only: the served model names; null takes every name. */
	models: string[] | null;

	/** The answer; null composes one from the request. */
	reply: string | null;
	/** Pads or cuts the answer to this length, for large replies. */
	replyCharacters: number | null;
	/** The thinking; null composes it. */
	reasoningText: string | null;
	toolCalls: ToolCallSetting[] | null;
	finishReason: string | null;
	/** Merged over the computed usage; `missing` leaves usage out. */
	usage: JsonObject | 'missing' | null;
	/** The model named in the reply, when it is another than the one asked for. */
	replyModel: string | null;
	/** Sensitivity types 1 to 7, see the `input_sensitive` fields. */
	sensitive: { input?: number; output?: number } | null;
	/** The whole body instead of a completion; text is sent as it stands (SSE if it starts so). */
	body: JsonValue;
	/** Further reply headers. */
	headers: Record<string, string>;
	/** Settings by turn of a tool loop: [0] answers the user, [1] the first tool results, … */
	turns: Array<Partial<SimulatorSettings>>;

	/** What goes wrong where several rows are asked about at once. */
	rowFaults: RowFaults;
	/** Refuses requests in which this text stands… */
	rejectText: string | null;
	/** …with this code, HTTP status and words; 1026, a refused content, when left out. */
	rejectAs: Pick<Fault, 'code' | 'status' | 'message'>;

	reasoning: ReasoningDelivery;
	/** Until the first byte. */
	latencyMs: number;
	/** 0 is as fast as possible. Paces a stream, delays a whole reply. */
	tokensPerSecond: number;
	/** Text per chunk; about 125 on the real API. */
	chunkCharacters: number;
	/** Cuts the bytes of a stream in writes of this size; `random` takes 1 to 64. 0 does not cut. */
	writeBytes: number | 'random';
	/** Of the bytes of a stream this share keeps the client waiting; with it, `writeBytes` does not count. */
	delayedBytes: { share: number; ms: number } | null;
	seed: number;

	/** Whether a stream ends with `data: [DONE]`; null is what the played server does. */
	done: boolean | null;
	/** Ends a stream with a whole `chat.completion` frame that repeats the answer. */
	finalFrame: boolean;
	/** When a stream carries usage. `placeholder` puts zeros into each chunk. */
	streamUsage: 'asked' | 'always' | 'never' | 'placeholder';
	/** `role: ""` in deltas, as M2.5 sent it. */
	emptyRole: boolean;
	/** `finish_reason` in a chunk of its own… */
	separateFinish: boolean;
	/** …whose delta is null. */
	nullDelta: boolean;
	/** Characters of `arguments` per chunk; 0 sends each call whole. */
	toolCallFragments: number;
	lineEnd: '\n' | '\r\n' | '\r';
	/** A comment line before each event. */
	comments: boolean;
	bom: boolean;

	fault: Fault | null;
	/**
	 * Share of requests that fail at random, by kind: `status500`, `reset`, `hang`, `html`, `empty`,
	 * `baseResp1002`, `streamReset`, `streamEnd`, `streamStall`, `streamError`, `streamMalformed`.
	 */
	faultRates: Record<string, number>;
	/** Per key; answers 429 with code 1002. */
	rateLimit: RateLimit | null;
	/** Per key; answers 429 with code 1041. 0 is no limit. */
	maxInFlightPerKey: number;
	/** Fails a tool loop whose reasoning or tool calls did not come back as they were sent. */
	requireReasoningReplay: boolean;
}

export type ScriptedReply = Partial<SimulatorSettings>;

export const defaultSettings: Readonly<SimulatorSettings> = Object.freeze({
	mode: 'minimax',
	models: null,
	reply: null,
	replyCharacters: null,
	reasoningText: null,
	toolCalls: null,
	finishReason: null,
	usage: null,
	replyModel: null,
	sensitive: null,
	body: null,
	headers: {},
	turns: [],
	rowFaults: {},
	rejectText: null,
	rejectAs: { code: 1026 },
	reasoning: 'auto',
	latencyMs: 0,
	tokensPerSecond: 0,
	chunkCharacters: 125,
	writeBytes: 0,
	delayedBytes: null,
	seed: 1,
	done: null,
	finalFrame: false,
	streamUsage: 'asked',
	emptyRole: false,
	separateFinish: false,
	nullDelta: false,
	toolCallFragments: 0,
	lineEnd: '\n',
	comments: false,
	bom: false,
	fault: null,
	faultRates: {},
	rateLimit: null,
	maxInFlightPerKey: 0,
	requireReasoningReplay: false,
});

/**
 * Settings from JSON. A name that does not exist is refused: a typo in a test must not pass as
 * "no fault configured".
 */
export function readSettings(value: unknown): Partial<SimulatorSettings> {
	if (!isObject(value)) throw new TypeError('settings must be a JSON object');
	const unknown = Object.keys(value).filter((name) => !(name in defaultSettings));
	if (unknown.length > 0) {
		const known = Object.keys(defaultSettings).join(', ');
		throw new TypeError(`unknown simulator setting ${unknown.join(', ')}; known are ${known}`);
	}
	return value;
}

import type { SendChunk } from '../n8n/findSendChunk';

/** The answer of one item on its way to whoever listens to the workflow's response. */
export interface LiveItem {
	/** Whether a token has reached the listener; from then on nothing may be sent again. */
	readonly hasWritten: boolean;
	/** Settles when the listener has taken the words, so that a slow one slows the reply down. Never rejects. */
	write(text: string): Promise<void> | void;
	/** Forgets what has not gone out: the request is sent again. */
	restart(): void;
	end(): void;
	/** Sends the message as an error to a listener who has heard part of the answer; else nothing. */
	fail(message: string): void;
	/** Gives up the item's turn without sending anything, unless it has ended already. */
	leave(): void;
}

/** How a run is heard. */
export interface Hearing {
	/** Undefined where nobody listens. */
	sendChunk: SendChunk | undefined;
	/** Ends the execution. */
	signal: AbortSignal | undefined;
	/**
	 * Whether a failure ends the node run. Then n8n sends the error chunk, of itself and only once no try of
	 * Retry On Fail is left (n8n-core 1.122 to 2.41, workflow-execute.js), so none is sent here.
	 */
	stopsAtFailure: boolean;
	/** The run that Retry On Fail repeats. */
	lastTry?: LiveOutput;
}

/**
 * n8n's chat panel joins chunks by node and run, not by item, so the items take turns in their order:
 * one writes, the others collect. Chunks leave one after the other, as workers pass them on through Redis.
 */
export class LiveOutput {
	private readonly answers: QueuedAnswer[] = [];
	private turn = 0;
	private sent: Promise<void> = Promise.resolve();
	private isDeaf = false;
	private readonly sendChunk: SendChunk | undefined;
	private readonly stopsAtFailure: boolean;
	/** Settles when the execution is stopped. */
	private readonly stopped: Promise<void>;
	/** The failure of an answer that was heard in part, which no listener has been sent yet. */
	private unsent: { itemIndex: number; message: string } | undefined;

	constructor({ sendChunk, signal, stopsAtFailure, lastTry }: Hearing) {
		this.sendChunk = sendChunk;
		this.stopsAtFailure = stopsAtFailure;
		this.stopped = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
		this.unsent = lastTry?.unsent;
	}

	/** Takes the item's place behind those that came before; undefined where nobody listens. */
	join(itemIndex: number): LiveItem | undefined {
		if (this.sendChunk === undefined) return undefined;
		const answer = new QueuedAnswer(
			async (type, content) => await this.send(type, itemIndex, content),
			() => this.passTurn(),
		);
		this.answers.push(answer);
		if (this.answers[this.turn] === answer) answer.takeTurn();
		return answer;
	}

	/** Settles when everything written so far has been taken, or the execution is stopped. */
	async flush(): Promise<void> {
		await this.sent;
	}

	private async send(type: ChunkType, itemIndex: number, content?: string): Promise<void> {
		const { sendChunk, unsent } = this;
		if (type === 'error' && this.stopsAtFailure) {
			this.unsent = { itemIndex, message: content ?? '' };
			return;
		}
		if (type === 'begin' && unsent !== undefined) {
			// The listener heard part of the earlier try, and now hears this one from the beginning.
			this.unsent = undefined;
			void this.deliver(async () => await sendChunk?.('error', unsent.itemIndex, unsent.message));
		}
		await this.deliver(async () => await sendChunk?.(type, itemIndex, content));
	}

	/** A listener that is gone, or does not take its words, must not cost the answer. */
	private async deliver(send: () => Promise<void>): Promise<void> {
		this.sent = this.sent
			.then(async () => {
				if (!this.isDeaf) await Promise.race([send(), this.stopped]);
			})
			.catch(() => {
				this.isDeaf = true;
			});
		await this.sent;
	}

	/** A loop and no recursion: thousands of later items may have ended in the meantime. */
	private passTurn(): void {
		do this.turn += 1;
		while (this.answers[this.turn]?.takeTurn() === 'ended');
	}
}

type ChunkType = 'begin' | 'item' | 'end' | 'error';
type Deliver = (type: ChunkType, content?: string) => Promise<void>;
type Ending = { type: 'end' } | { type: 'error'; message: string } | { type: 'silent' };

class QueuedAnswer implements LiveItem {
	hasWritten = false;
	private hasTurn = false;
	private collected = '';
	private ending: Ending | undefined;

	constructor(
		private readonly deliver: Deliver,
		private readonly passTurn: () => void,
	) {}

	write(text: string): Promise<void> | void {
		if (this.hasTurn) return this.forward(text);
		this.collected += text;
	}

	restart(): void {
		this.collected = '';
	}

	end(): void {
		this.finish({ type: 'end' });
	}

	fail(message: string): void {
		this.finish({ type: 'error', message });
	}

	leave(): void {
		this.finish({ type: 'silent' });
	}

	takeTurn(): 'speaks' | 'ended' {
		this.hasTurn = true;
		// Of an answer that failed before its turn nothing is sent.
		const isHeard = this.ending === undefined || this.ending.type === 'end';
		if (this.collected !== '' && isHeard) void this.forward(this.collected);
		this.collected = '';
		if (this.ending === undefined) return 'speaks';
		this.close(this.ending);
		return 'ended';
	}

	private async forward(text: string): Promise<void> {
		this.begin();
		await this.deliver('item', text);
	}

	private begin(): void {
		if (this.hasWritten) return;
		this.hasWritten = true;
		void this.deliver('begin');
	}

	private finish(ending: Ending): void {
		if (this.ending !== undefined) return;
		this.ending = ending;
		if (!this.hasTurn) return;
		this.close(ending);
		this.passTurn();
	}

	private close(ending: Ending): void {
		if (ending.type === 'end') {
			this.begin();
			void this.deliver('end');
		} else if (ending.type === 'error' && this.hasWritten) {
			void this.deliver('error', ending.message);
		}
	}
}

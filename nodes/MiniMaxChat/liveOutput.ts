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
	fail(message: string): void;
	/** Gives up the place without a word, if that is still to be done. */
	leave(): void;
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
	/** Settles when the execution is stopped. */
	private readonly stopped: Promise<void>;

	/** @param sendChunk undefined where nobody listens */
	constructor(
		private readonly sendChunk: SendChunk | undefined,
		signal: AbortSignal | undefined,
	) {
		this.stopped = new Promise((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	/** Takes the item's place behind those that came before; undefined where nobody listens. */
	join(itemIndex: number): LiveItem | undefined {
		const { sendChunk } = this;
		if (sendChunk === undefined) return undefined;
		const answer = new QueuedAnswer(
			async (type, content) =>
				await this.deliver(async () => await sendChunk(type, itemIndex, content)),
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

	/** A loop, as thousands of items may have ended behind the one that spoke. */
	private passTurn(): void {
		do this.turn += 1;
		while (this.answers[this.turn]?.takeTurn() === 'ended');
	}
}

type Deliver = (type: 'begin' | 'item' | 'end' | 'error', content?: string) => Promise<void>;
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
		const isSilent = this.ending?.type === 'silent';
		if (this.collected !== '' && !isSilent) void this.forward(this.collected);
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
		} else if (ending.type === 'error') {
			void this.deliver('error', ending.message);
		}
	}
}

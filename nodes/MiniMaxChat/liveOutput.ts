import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

/** n8n has these on single-item contexts from 2.37 on; its types do not list them. */
type StreamingContext = IExecuteSingleFunctions &
	Partial<Pick<IExecuteFunctions, 'isStreaming' | 'sendChunk'>>;

type SendChunk = IExecuteFunctions['sendChunk'];

/** The answer of one item on its way to whoever listens to the workflow's response. */
export interface LiveItem {
	/** Whether a token has reached the listener; from then on nothing may be sent again. */
	readonly hasWritten: boolean;
	write(text: string): Promise<void> | void;
	/** Forgets what has not gone out: the request is sent again. */
	restart(): void;
	end(): Promise<void>;
	fail(message: string): Promise<void>;
}

/**
 * n8n's chat panel joins chunks by node and run, not by item, so the items take turns in their order:
 * one writes, the others collect.
 */
export class LiveOutput {
	private readonly sendChunk: SendChunk | undefined;
	private readonly waiting = new Map<number, QueuedAnswer>();
	private turn = 0;

	constructor(context: StreamingContext) {
		if (context.isStreaming?.() === true) this.sendChunk = context.sendChunk?.bind(context);
	}

	/** Undefined where nobody listens. */
	open(index: number): LiveItem | undefined {
		if (this.sendChunk === undefined) return undefined;
		const answer = new QueuedAnswer(index, this.sendChunk, () => this.pass());
		this.waiting.set(index, answer);
		if (index === this.turn) void answer.take();
		return answer;
	}

	/** The item will write nothing. */
	skip(index: number): void {
		if (this.sendChunk === undefined) return;
		const answer = new QueuedAnswer(index, this.sendChunk, () => this.pass());
		this.waiting.set(index, answer);
		answer.close();
		if (index === this.turn) void answer.take();
	}

	private async pass(): Promise<void> {
		this.turn += 1;
		await this.waiting.get(this.turn)?.take();
	}
}

type Ending = { type: 'end' } | { type: 'error'; message: string } | { type: 'silent' };

class QueuedAnswer implements LiveItem {
	hasWritten = false;
	private hasTurn = false;
	private collected = '';
	private ending: Ending | undefined;

	constructor(
		private readonly index: number,
		private readonly sendChunk: SendChunk,
		private readonly pass: () => Promise<void>,
	) {}

	write(text: string): Promise<void> | void {
		if (this.hasTurn) return this.forward(text);
		this.collected += text;
	}

	restart(): void {
		this.collected = '';
	}

	async end(): Promise<void> {
		await this.finish({ type: 'end' });
	}

	async fail(message: string): Promise<void> {
		await this.finish({ type: 'error', message });
	}

	close(): void {
		this.ending = { type: 'silent' };
	}

	async take(): Promise<void> {
		this.hasTurn = true;
		if (this.collected !== '') await this.forward(this.collected);
		this.collected = '';
		if (this.ending !== undefined) await this.finish(this.ending);
	}

	private async forward(text: string): Promise<void> {
		if (!this.hasWritten) {
			this.hasWritten = true;
			await this.sendChunk('begin', this.index);
		}
		await this.sendChunk('item', this.index, text);
	}

	private async finish(ending: Ending): Promise<void> {
		this.ending = ending;
		if (!this.hasTurn) return;
		if (ending.type === 'end') {
			if (!this.hasWritten) await this.sendChunk('begin', this.index);
			await this.sendChunk('end', this.index);
		} else if (ending.type === 'error') {
			await this.sendChunk('error', this.index, ending.message);
		}
		await this.pass();
	}
}

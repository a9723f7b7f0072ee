/** One reply as a server, a gateway or an attacker might send it. */
export interface FuzzedReply {
	status: number;
	headers: Record<string, string>;
	/** The bytes of the body; a generator where there is no end to them. */
	bytes: Uint8Array | (() => Iterable<Uint8Array>);
	/** Bytes of each piece. */
	pieces: number[];
	/** What comes behind the bytes. */
	ending: 'end' | 'reset' | 'silence';
	/** Whether the server may leave out the opening think tag. */
	openerMayBeMissing: boolean;
	alwaysThinks: boolean;
	/** A reply that says the same in one piece of JSON, where nothing was changed at random. */
	whole: string | null;
}

/** The key of the request; replies echo it. */
export const KEY = 'sk-api-Fz7+Qw/2rT9"yU1iOp4As_DfGh';

/** What a caller of the core gives, by the core's own name for it. */
export type InputName =
	| 'additionalBody'
	| 'apiKey'
	| 'baseUrl'
	| 'columns'
	| 'jsonExample'
	| 'jsonSchema'
	| 'maxTokens'
	| 'messages'
	| 'messagesJson'
	| 'model'
	| 'quickColumns'
	| 'rowsPerRequest'
	| 'temperature'
	| 'tools'
	| 'topP';

/** Where in the input something is wrong. */
export interface Place {
	input: InputName;
	/** Where inside of it: `entry 2, part 1`. */
	at?: string;
}

/** What is wrong with the user's input, found before any request is made. */
export class InvalidInput extends Error {
	/**
	 * @param message what is wrong. With a place it is the rest of a sentence that begins with the name of the
	 * place (`is empty`); without one a whole sentence, which names the field itself.
	 * @param description says what would be right
	 * @param place in the core's own terms; only n8n's layer knows what it is called on the panel
	 * @param isMissing whether a value is missing, as is usual where an expression finds nothing
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly place?: Place,
		readonly isMissing = false,
	) {
		super(message);
		this.name = 'InvalidInput';
	}
}

/** `inside({input: 'messages', at: 'entry 2'}, 'part 1')` is in `entry 2, part 1`. */
export function inside({ input, at }: Place, place: string): Place {
	return { input, at: at === undefined ? place : `${at}, ${place}` };
}

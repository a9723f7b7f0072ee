/**
 * A place that holds answers which were paid for and whose run did not succeed, each by the hash of its request.
 * Answers to the same request stand in the order in which they were put there.
 */
export interface AnswerPlace {
	/** Whether it holds nothing, so that no request needs a hash. */
	isEmpty(): boolean;
	/**
	 * Takes an answer to the request out of the place.
	 *
	 * @param answer this very one, as another place has given it; the first by default
	 */
	take(request: string, answer?: string): string | undefined;
	/** Puts an answer there; false where there is no room for it. */
	put(request: string, answer: string): boolean;
	/** Forgets everything. */
	clear(): void;
}

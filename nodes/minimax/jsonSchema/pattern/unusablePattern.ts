/** What a pattern cannot be used for; the message is a sentence without its subject and final period. */
export class UnusablePattern extends Error {}

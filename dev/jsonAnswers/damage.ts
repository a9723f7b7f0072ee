import type { Random } from './random.ts';

/** What a model wrote instead of the JSON of a value. */
export interface Written {
	text: string;
	/** `stop` where nothing is said. */
	finishReason?: string;
}

/** One way in which models damage JSON. */
export interface Damage {
	name: string;
	/** Harmless damage leaves no doubt about the value, which has to come out. */
	isHarmless: boolean;
	/** Null where the value gives no occasion for it. */
	write(json: string, random: Random, value: unknown): Written | string | null;
}

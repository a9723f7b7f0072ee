import { isRecord } from './isRecord';

/**
 * The same value without halves of surrogate pairs, which are left where a text was cut in the middle of an
 * emoji, and which servers refuse; a replacement character stands in their place.
 * For values that can be written as JSON.
 */
export function wellFormed<Value>(value: Value): Value {
	if (typeof value === 'string') return value.toWellFormed() as Value & string;
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		const sound = list.map(wellFormed);
		return sound.every((each, at) => each === list[at]) ? value : (sound as Value & unknown[]);
	}
	if (!isRecord(value)) return value;
	const entries = Object.entries(value);
	const sound = entries.map(([name, each]): [string, unknown] => [
		name.toWellFormed(),
		wellFormed(each),
	]);
	const isSame = sound.every(([name, each], at) => {
		const [givenName, given] = entries[at] ?? [];
		return name === givenName && each === given;
	});
	return isSame ? value : (Object.fromEntries(sound) as Value & Record<string, unknown>);
}

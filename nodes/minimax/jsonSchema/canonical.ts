import { isRecord } from '../json/isRecord';

/** A text that is the same for values that JSON Schema calls equal: the order of names does not count. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (!isRecord(value)) return JSON.stringify(value);
	const names = Object.keys(value).sort();
	return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

const remembered = new WeakMap<object, string>();

/** `canonical` of a part of a schema, which many values are compared with. */
export function canonicalOnce(value: object): string {
	let written = remembered.get(value);
	if (written === undefined) {
		written = canonical(value);
		remembered.set(value, written);
	}
	return written;
}

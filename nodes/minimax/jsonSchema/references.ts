import { isRecord } from '../json/isRecord';
import { isSchema, partsOf, type Draft, type Schema, type SchemaObject } from './schema';

/** The address of a schema without `$id`; relative addresses need one. */
const NAMELESS = 'schema:///';

/** Finds what the `$ref`s of a schema refer to, which stands in the schema itself: nothing is fetched. */
export class References {
	/** Schemas by their addresses, those with an anchor behind a `#`. */
	private readonly byAddress = new Map<string, Schema>();
	/** What relative references of a schema are relative to. */
	private readonly bases = new Map<SchemaObject, string>();
	private readonly found = new Map<SchemaObject, Schema | null>();

	constructor(
		root: SchemaObject,
		private readonly draft: Draft,
	) {
		this.byAddress.set(NAMELESS, root);
		this.note(root, NAMELESS);
	}

	/** What the `$ref` of a schema refers to; null where there is nothing. */
	target(schema: SchemaObject): Schema | null {
		let target = this.found.get(schema);
		if (target === undefined) {
			target = this.find(String(schema.$ref), this.bases.get(schema) ?? NAMELESS);
			this.found.set(schema, target);
		}
		return target;
	}

	private note(first: SchemaObject, firstBase: string): void {
		const waiting: Array<[SchemaObject, string]> = [[first, firstBase]];
		for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
			const [schema, outer] = entry;
			if (this.bases.has(schema)) continue;
			const base = this.noteNames(schema, outer);
			this.bases.set(schema, base);
			for (const { schema: part } of partsOf(schema)) {
				if (isRecord(part)) waiting.push([part, base]);
			}
		}
	}

	/** The base of what stands in the schema. */
	private noteNames(schema: SchemaObject, outer: string): string {
		const isOld = this.draft === '4' || this.draft === '7';
		// Beside it nothing counts in older drafts.
		if (isOld && '$ref' in schema) return outer;
		const id = this.draft === '4' ? schema.id : schema.$id;
		let base = outer;
		if (typeof id === 'string') {
			const address = resolve(id, outer);
			if (address !== null && isOld && id.startsWith('#')) this.byAddress.set(address, schema);
			else if (address !== null) {
				base = address.replace(/#$/, '');
				this.byAddress.set(base, schema);
			}
		}
		for (const anchor of [schema.$anchor, schema.$dynamicAnchor]) {
			if (typeof anchor === 'string') this.byAddress.set(`${base}#${anchor}`, schema);
		}
		return base;
	}

	private find(reference: string, base: string): Schema | null {
		const address = resolve(reference, base);
		if (address === null) return null;
		const [resource = '', fragment = ''] = address.split('#', 2);
		if (fragment !== '' && !fragment.startsWith('/')) return this.byAddress.get(address) ?? null;
		const root = this.byAddress.get(resource);
		return root === undefined ? null : this.follow(root, resource, fragment);
	}

	/** Follows a JSON pointer, also to places where schemas do not stand otherwise. */
	private follow(root: Schema, resource: string, pointer: string): Schema | null {
		let target: unknown = root;
		let base = resource;
		for (const written of pointer.split('/').slice(1)) {
			const name = unescape(written);
			if (name === null || typeof target !== 'object' || target === null) return null;
			if (!Object.hasOwn(target, name)) return null;
			target = (target as Record<string, unknown>)[name];
			if (isRecord(target)) base = this.bases.get(target) ?? base;
		}
		if (!isSchema(target)) return null;
		if (isRecord(target)) this.note(target, base);
		return target;
	}
}

function resolve(reference: string, base: string): string | null {
	try {
		return new URL(reference, base).href;
	} catch {
		return null;
	}
}

function unescape(written: string): string | null {
	try {
		return decodeURIComponent(written).replaceAll('~1', '/').replaceAll('~0', '~');
	} catch {
		return null;
	}
}

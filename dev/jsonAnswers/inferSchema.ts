/** A schema as people write it for an answer: types all the way down, every member required. */
export function inferSchema(value: unknown): Record<string, unknown> {
	if (value === null) return { type: ['string', 'null'] };
	if (Array.isArray(value)) {
		const [first] = value;
		const areAlike = value.length > 0 && value.every((item) => kindOf(item) === kindOf(first));
		const items = areAlike && typeof first !== 'object' ? { items: inferSchema(first) } : {};
		return { type: 'array', ...items };
	}
	switch (typeof value) {
		case 'object':
			return {
				type: 'object',
				properties: Object.fromEntries(
					Object.entries(value).map(([name, inner]) => [name, inferSchema(inner)]),
				),
				required: Object.keys(value),
			};
		case 'number':
			return { type: 'number' };
		default:
			return { type: typeof value };
	}
}

function kindOf(value: unknown): string {
	return value === null ? 'null' : typeof value;
}

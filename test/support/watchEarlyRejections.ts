import { inspect } from 'node:util';

/**
 * Items that were rejected before n8n listened to them, which Node.js reports as unhandled; n8n listens to all
 * at once when Batching has let the last one in. Tests cannot see the report: jest takes it for itself, and
 * forgives what is handled later.
 */
export function watchEarlyRejections(): unknown[] {
	const early: unknown[] = [];
	const allSettled = Promise.allSettled.bind(Promise);
	jest.spyOn(Promise, 'allSettled').mockImplementation(async (promises: Iterable<unknown>) => {
		const given = [...promises];
		early.push(...given.filter((promise) => inspect(promise).includes('<rejected>')));
		return await allSettled(given);
	});
	return early;
}

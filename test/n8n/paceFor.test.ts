import { paceFor } from '../../nodes/n8n/paceFor';

const owner = {};

test('the key has one pace, and idle ones make room', async () => {
	const busy = paceFor('busy');
	const slot = await busy.acquire({ owner, maxConcurrency: 0 });
	const idle = paceFor('idle');
	for (let index = 0; index < 100; index += 1) paceFor(`key ${index}`);
	expect(paceFor('busy')).toBe(busy);
	expect(paceFor('idle')).not.toBe(idle);
	slot.release('succeeded');
});

test('idle ones stay as long as there is room', () => {
	const [one, other] = [paceFor('one idle'), paceFor('other idle')];
	expect(paceFor('one idle')).toBe(one);
	expect(paceFor('other idle')).toBe(other);
});

test('a new one stays where all others are busy', async () => {
	const slots = await Promise.all(
		Array.from({ length: 100 }, async (_, index) =>
			paceFor(`busy ${index}`).acquire({ owner, maxConcurrency: 0 }),
		),
	);
	const fresh = paceFor('fresh');
	expect(paceFor('fresh')).toBe(fresh);
	for (const slot of slots) slot.release('succeeded');
});

test('the bound of a node run holds over all its keys', async () => {
	const run = {};
	let inFlight = 0;
	const use = async (key: string) => {
		const slot = await paceFor(key).acquire({ owner: run, maxConcurrency: 1 });
		inFlight += 1;
		expect(inFlight).toBe(1);
		await Promise.resolve();
		inFlight -= 1;
		slot.release('succeeded');
		return key;
	};
	expect(await Promise.all(['one', 'other', 'one', 'third'].map(use))).toHaveLength(4);
});

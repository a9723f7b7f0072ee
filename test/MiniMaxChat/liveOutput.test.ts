import { LiveOutput } from '../../nodes/MiniMaxChat/liveOutput';

it('lets thousands of items speak that ended before the first', async () => {
	const heard: string[] = [];
	const live = new LiveOutput(async (type, itemIndex, content) => {
		heard.push([itemIndex, type, content].join(' ').trim());
	}, undefined);
	const items = Array.from({ length: 20_000 }, (_, index) => live.join(index));
	for (const item of items.slice(1)) {
		void item?.write('Hello');
		item?.end();
	}
	expect(heard).toEqual([]);
	items[0]?.fail('Gone');
	await live.flush();

	expect(heard).toEqual([
		'0 error Gone',
		...items.slice(1).flatMap((_, index) => {
			const item = index + 1;
			return [`${item} begin`, `${item} item Hello`, `${item} end`];
		}),
	]);
});

it('waits for no listener once the execution is stopped', async () => {
	const stop = new AbortController();
	const live = new LiveOutput(async () => await new Promise(() => {}), stop.signal);
	const item = live.join(0);
	const written = item?.write('Hello');
	item?.end();
	stop.abort();

	await expect(written).resolves.toBeUndefined();
	await expect(live.flush()).resolves.toBeUndefined();
});

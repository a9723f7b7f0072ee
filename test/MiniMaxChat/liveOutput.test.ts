import { LiveOutput, type Hearing, type LiveItem } from '../../nodes/MiniMaxChat/liveOutput';

/** A run whose failures do not end it. */
function heardBy(sendChunk: Hearing['sendChunk']): LiveOutput {
	return new LiveOutput({ sendChunk, signal: undefined, stopsAtFailure: false });
}

it('lets thousands of items speak that ended before the first', async () => {
	const heard: string[] = [];
	const live = new LiveOutput({
		sendChunk: async (type, itemIndex, content) => {
			heard.push([itemIndex, type, content].join(' ').trim());
		},
		signal: undefined,
		stopsAtFailure: false,
	});
	const items = Array.from({ length: 20_000 }, (_, index) => live.join(index));
	for (const item of items.slice(1)) {
		void item?.write('Hello');
		item?.end();
	}
	expect(heard).toEqual([]);
	items[0]?.fail('Gone');
	await live.flush();

	expect(heard).toEqual(
		items.slice(1).flatMap((_, index) => {
			const item = index + 1;
			return [`${item} begin`, `${item} item Hello`, `${item} end`];
		}),
	);
});

it('waits for no listener once the execution is stopped', async () => {
	const stop = new AbortController();
	const live = new LiveOutput({
		sendChunk: async () => await new Promise(() => {}),
		signal: stop.signal,
		stopsAtFailure: true,
	});
	const item = live.join(0);
	const written = item?.write('Hello');
	item?.end();
	stop.abort();

	await expect(written).resolves.toBeUndefined();
	await expect(live.flush()).resolves.toBeUndefined();
});

describe('one item', () => {
	/** A listener that takes each chunk when the test says so. */
	function listen() {
		const heard: string[] = [];
		const taken: Array<() => void> = [];
		const live = heardBy(async (type, itemIndex, content) => {
			heard.push([itemIndex, type, content].join(' ').trim());
			await new Promise<void>((resolve) => taken.push(resolve));
		});
		/** Lets the listener take what it was sent, and all that follows from it. */
		const take = async (): Promise<void> => {
			taken.shift()?.();
			await new Promise((resolve) => setImmediate(resolve));
		};
		return { live, heard, take };
	}

	const settle = async () => await new Promise((resolve) => setImmediate(resolve));

	it('is slowed down by a slow listener', async () => {
		const { live, heard, take } = listen();
		const item = live.join(0);
		let written = false;
		const writing = Promise.resolve(item?.write('Hello')).then(() => (written = true));
		await settle();

		expect(heard).toEqual(['0 begin']);
		await take();
		expect(heard).toEqual(['0 begin', '0 item Hello']);
		expect(written).toBe(false);
		await take();
		await writing;
		expect(written).toBe(true);
	});

	it('holds no reply up while it waits for its turn', async () => {
		const { live } = listen();
		live.join(0);

		await expect(Promise.resolve(live.join(1)?.write('Hello'))).resolves.toBeUndefined();
	});

	it('has written from its first word on, and not while it waits for its turn', async () => {
		const { live } = listen();
		const [first, second] = [live.join(0), live.join(1)];
		void second?.write('Hello');

		expect([first?.hasWritten, second?.hasWritten]).toEqual([false, false]);
		void first?.write('Hi');
		expect([first?.hasWritten, second?.hasWritten]).toEqual([true, false]);
		first?.end();
		expect(second?.hasWritten).toBe(true);
	});
});

describe('what is heard', () => {
	async function hear(speak: (items: LiveItem[]) => void): Promise<string[]> {
		const heard: string[] = [];
		const live = heardBy(async (type, itemIndex, content) => {
			heard.push([itemIndex, type, content].join(' ').trim());
		});
		const items = [0, 1, 2].flatMap((index) => live.join(index) ?? []);
		speak(items);
		await live.flush();
		return heard;
	}

	it('of an item that is sent again is the last attempt alone', async () => {
		expect(
			await hear(([first, second]) => {
				void second?.write('Half of ');
				second?.restart();
				void second?.write('All');
				second?.end();
				first?.leave();
			}),
		).toEqual(['1 begin', '1 item All', '1 end']);
	});

	it('of one that leaves is nothing, and the next one speaks', async () => {
		expect(
			await hear(([first, second, third]) => {
				void second?.write('Not to be heard');
				second?.leave();
				void third?.write('Hi');
				first?.leave();
				third?.end();
			}),
		).toEqual(['2 begin', '2 item Hi', '2 end']);
	});

	it('of one that leaves in the middle is what it has said', async () => {
		expect(
			await hear(([first, second]) => {
				void first?.write('Half');
				first?.leave();
				void second?.write('Hi');
			}),
		).toEqual(['0 begin', '0 item Half', '1 begin', '1 item Hi']);
	});

	it('of each is one end, whatever comes after', async () => {
		expect(
			await hear(([first, second]) => {
				first?.end();
				first?.fail('Too late');
				first?.leave();
				void second?.write('Hi');
				second?.fail('Gone');
				second?.end();
			}),
		).toEqual(['0 begin', '0 end', '1 begin', '1 item Hi', '1 error Gone']);
	});
});

it('joins nothing where nobody listens', async () => {
	const live = heardBy(undefined);

	expect(live.join(0)).toBeUndefined();
	await expect(live.flush()).resolves.toBeUndefined();
});

it('sends nothing more to a listener that has failed once', async () => {
	const heard: unknown[] = [];
	const live = heardBy(async (type) => {
		heard.push(type);
		throw new Error('The socket is closed');
	});
	const item = live.join(0);
	await item?.write('Hello');
	await item?.write('again');
	item?.end();
	await live.flush();

	expect(heard).toEqual(['begin']);
});

describe('a failure that ends the run', () => {
	/** What is heard of one try, and the try. */
	function tryOnce(lastTry: LiveOutput | undefined, speak: (item: LiveItem) => void, index = 0) {
		const heard: string[] = [];
		const live = new LiveOutput({
			sendChunk: async (type, itemIndex, content) => {
				heard.push([itemIndex, type, content].join(' ').trim());
			},
			signal: undefined,
			stopsAtFailure: true,
			lastTry,
		});
		const item = live.join(index);
		if (item === undefined) throw new Error('Nobody listens');
		speak(item);
		return { live, heard };
	}
	const half = (item: LiveItem) => {
		void item.write('Half');
		item.fail('Gone');
	};
	const whole = (item: LiveItem) => {
		void item.write('Whole');
		item.end();
	};

	it('is left to n8n to report, which does so where no try is left', async () => {
		const { live, heard } = tryOnce(undefined, half);
		await live.flush();
		expect(heard).toEqual(['0 begin', '0 item Half']);
	});

	it('is reported before the first words of the next try, once', async () => {
		const first = tryOnce(undefined, half, 2);
		const second = tryOnce(first.live, half);
		await second.live.flush();
		expect(second.heard).toEqual(['2 error Gone', '0 begin', '0 item Half']);

		const third = tryOnce(second.live, whole);
		await third.live.flush();
		expect(third.heard).toEqual(['0 error Gone', '0 begin', '0 item Whole', '0 end']);

		const fourth = tryOnce(third.live, whole);
		await fourth.live.flush();
		expect(fourth.heard).toEqual(['0 begin', '0 item Whole', '0 end']);
	});

	it('is reported by the first of several items that speak', async () => {
		const { live: failed } = tryOnce(undefined, half);
		const { live, heard } = tryOnce(failed, whole);
		const next = live.join(1);
		if (next !== undefined) whole(next);
		await live.flush();
		expect(heard.filter((chunk) => chunk.includes('error'))).toEqual(['0 error Gone']);
	});

	it('is not reported by a next try that says nothing either', async () => {
		const first = tryOnce(undefined, half);
		const second = tryOnce(first.live, (item) => item.fail('Gone again'));
		await second.live.flush();
		expect(second.heard).toEqual([]);
		const third = tryOnce(second.live, whole);
		await third.live.flush();
		expect(third.heard[0]).toBe('0 error Gone');
	});

	it('of an answer of which nothing was heard is none', async () => {
		const first = tryOnce(undefined, (item) => item.fail('Gone'));
		const second = tryOnce(first.live, whole);
		await second.live.flush();
		expect(second.heard).toEqual(['0 begin', '0 item Whole', '0 end']);
	});
});

describe('an item whose turn comes when it has ended', () => {
	async function hearSecond(speak: (item: LiveItem | undefined) => void): Promise<string[]> {
		const heard: string[] = [];
		const live = heardBy(async (type, itemIndex, content) => {
			heard.push([itemIndex, type, content].join(' ').trim());
		});
		const [first, second, third] = [live.join(0), live.join(1), live.join(2)];
		speak(second);
		void third?.write('Hi');
		first?.leave();
		await live.flush();
		return heard;
	}

	it('says all at once where it succeeded, and the next one speaks', async () => {
		const heard = await hearSecond((item) => {
			void item?.write('Hel');
			void item?.write('lo');
			item?.end();
		});
		expect(heard).toEqual(['1 begin', '1 item Hello', '1 end', '2 begin', '2 item Hi']);
	});

	it('begins and ends where its answer is empty', async () => {
		expect(await hearSecond((item) => item?.end())).toEqual([
			'1 begin',
			'1 end',
			'2 begin',
			'2 item Hi',
		]);
	});

	it('says nothing where it failed', async () => {
		const heard = await hearSecond((item) => {
			void item?.write('Half');
			item?.fail('Gone');
		});
		expect(heard).toEqual(['2 begin', '2 item Hi']);
	});
});

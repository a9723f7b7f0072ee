import { AbortWatch } from '../../nodes/minimax/abortWatch';

function setUp() {
	const stop = new AbortController();
	const { signal } = stop;
	const added = jest.spyOn(signal, 'addEventListener');
	const removed = jest.spyOn(signal, 'removeEventListener');
	const onAbort = jest.fn();
	const watch = new AbortWatch(onAbort);
	return {
		stop,
		signal,
		watch,
		onAbort,
		listeners: () => [added, removed].map(({ mock }) => mock.calls.length),
	};
}

it('tells once, whatever many wait, with one listener', () => {
	const { stop, signal, watch, onAbort, listeners } = setUp();
	for (let waiting = 0; waiting < 1000; waiting += 1) watch.enter(signal);
	expect(listeners()).toEqual([1, 0]);
	stop.abort();
	expect(onAbort.mock.calls).toEqual([[signal]]);
});

it('takes its listener away with the last who waits, and comes back with the next', () => {
	const { stop, signal, watch, onAbort, listeners } = setUp();
	watch.enter(signal);
	watch.enter(signal);
	watch.leave(signal);
	expect(listeners()).toEqual([1, 0]);
	watch.leave(signal);
	expect(listeners()).toEqual([1, 1]);
	watch.leave(signal);
	watch.enter(signal);
	watch.leave(signal);
	expect(listeners()).toEqual([2, 2]);
	stop.abort();
	expect(onAbort).not.toHaveBeenCalled();
});

it('tells signals apart, and needs none', () => {
	const { stop, signal, watch, onAbort } = setUp();
	const other = new AbortController();
	watch.enter(undefined);
	watch.leave(undefined);
	watch.enter(signal);
	watch.enter(other.signal);
	other.abort();
	stop.abort();
	expect(onAbort.mock.calls).toEqual([[other.signal], [signal]]);
});

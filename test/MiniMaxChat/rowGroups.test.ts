import { askTogether } from '../../nodes/MiniMaxChat/askTogether';
import type { ChatRun } from '../../nodes/MiniMaxChat/chatRun';
import { groupsOf } from '../../nodes/MiniMaxChat/rowGroups';
import type { RowMember, RowOutcome } from '../../nodes/MiniMaxChat/rowMember';
import { partly } from '../support/partly';
import { totalUsage } from '../support/totalUsage';

// What becomes of a request is tested in the engine (rowsPerRequest.test.ts); here, which rows it holds.
jest.mock('../../nodes/MiniMaxChat/askTogether', () => ({ askTogether: jest.fn() }));
const asking = jest.mocked(askTogether);
afterEach(() => asking.mockReset());

const answered = (index: number) =>
	partly<RowOutcome>({ type: 'answered', completion: { id: `${index}` } });
const indexOf = ({ item }: RowMember) => item.index;

interface Row {
	index: number;
	text?: string;
	mostRows?: number;
	mostCharacters?: number;
}

function member({ index, text = 'Row', mostRows = 9, mostCharacters = 999 }: Row): RowMember {
	const plan = { text, mostRows, mostCharacters, system: null, schema: undefined };
	return partly<RowMember>({ item: { index }, plan, spent: null });
}

/** The groups of a run of so many items, and the requests that they make, by the rows' indexes. */
function gather(
	count: number,
	outcome: (row: RowMember) => RowOutcome = (row) => answered(indexOf(row)),
) {
	const requests: number[][] = [];
	asking.mockImplementation(async (rows) => {
		requests.push(rows.map(indexOf));
		return rows.map(outcome);
	});
	const groups = groupsOf({} as ChatRun);
	for (let index = 0; index < count; index += 1) groups.expect(index);
	return { groups, requests };
}

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

it('are the same for the same run only', () => {
	const [one, other] = [{} as ChatRun, {} as ChatRun];
	expect(groupsOf(one)).toBe(groupsOf(one));
	expect(groupsOf(one)).not.toBe(groupsOf(other));
});

it('send a request as soon as it is full', async () => {
	const { groups, requests } = gather(5);
	const asked = [0, 1, 2].map((index) => groups.ask('k', member({ index, mostRows: 2 })));
	await settled();
	expect(requests).toEqual([[0, 1]]);
	expect(await Promise.all(asked.slice(0, 2))).toEqual([answered(0), answered(1)]);
});

it('send what there is once nobody else can join', async () => {
	const { groups, requests } = gather(3);
	const asked = [0, 1].map((index) => groups.ask('k', member({ index })));
	await settled();
	expect(requests).toEqual([]);
	groups.excuse(2);
	expect(await Promise.all(asked)).toEqual([answered(0), answered(1)]);
	expect(requests).toEqual([[0, 1]]);
});

it('wait for nobody twice, and for nobody whom they did not expect', async () => {
	const { groups, requests } = gather(3);
	void groups.ask('k', member({ index: 0 }));
	groups.excuse(7);
	groups.excuse(1);
	groups.excuse(1);
	await settled();
	expect(requests).toEqual([]);
	groups.excuse(2);
	await settled();
	expect(requests).toEqual([[0]]);
});

it('keep rows of different keys apart', async () => {
	const { groups, requests } = gather(4);
	const asked = [0, 1, 2, 3].map((index) => groups.ask(`${index % 2}`, member({ index })));
	await Promise.all(asked);
	expect(requests).toEqual([
		[0, 2],
		[1, 3],
	]);
});

it('hold as many characters as they may, and no more', async () => {
	const { groups, requests } = gather(5);
	const texts = ['aaaa', 'bbbb', 'cc', 'd', 'e'];
	await Promise.all(
		texts.map((text, index) => groups.ask('k', member({ index, text, mostCharacters: 10 }))),
	);
	expect(requests).toEqual([
		[0, 1, 2],
		[3, 4],
	]);
});

it('hold a row that is longer than they may, by itself', async () => {
	const { groups, requests } = gather(3);
	const texts = ['a', 'b'.repeat(20), 'c'];
	await Promise.all(
		texts.map((text, index) => groups.ask('k', member({ index, text, mostCharacters: 10 }))),
	);
	expect(requests).toEqual([[0], [1], [2]]);
});

describe('rows without an answer', () => {
	it('are few, and go alone with what they have cost', async () => {
		const { groups, requests } = gather(8, (row) =>
			indexOf(row) < 5 ? { type: 'missing', spent: totalUsage(7) } : answered(indexOf(row)),
		);
		const asked = Array.from({ length: 8 }, (_, index) => groups.ask('k', member({ index })));
		expect(await Promise.all(asked)).toEqual([
			...Array.from({ length: 5 }, () => ({ type: 'alone', spent: totalUsage(7) })),
			answered(5),
			answered(6),
			answered(7),
		]);
		expect(requests).toHaveLength(1);
	});

	it('are many, and go together once more', async () => {
		const tries = new Map<number, number>();
		const { groups, requests } = gather(8, (row) => {
			const number = (tries.get(indexOf(row)) ?? 0) + 1;
			tries.set(indexOf(row), number);
			const isMissing = indexOf(row) < 6 && number === 1;
			return isMissing ? { type: 'missing', spent: totalUsage(7) } : answered(indexOf(row));
		});
		const asked = Array.from({ length: 8 }, (_, index) => groups.ask('k', member({ index })));
		expect(await Promise.all(asked)).toEqual(
			Array.from({ length: 8 }, (_, index) => answered(index)),
		);
		expect(requests).toEqual([
			[0, 1, 2, 3, 4, 5, 6, 7],
			[0, 1, 2, 3, 4, 5],
		]);
	});

	it('go together three times at most', async () => {
		let spent = 0;
		const { groups, requests } = gather(6, ({ spent: before }) => {
			spent = (before?.totalTokens ?? 0) + 1;
			return { type: 'missing', spent: totalUsage(spent) };
		});
		const asked = Array.from({ length: 6 }, (_, index) => groups.ask('k', member({ index })));
		expect(await Promise.all(asked)).toEqual(
			Array.from({ length: 6 }, () => ({ type: 'alone', spent: totalUsage(3) })),
		);
		expect(requests).toHaveLength(3);
	});

	it('wait for the others of the first round before they go together', async () => {
		const { groups, requests } = gather(11, (row) =>
			requests.length === 1 && indexOf(row) < 6
				? { type: 'missing', spent: null }
				: answered(indexOf(row)),
		);
		const asked = Array.from({ length: 8 }, (_, index) =>
			groups.ask('k', member({ index, mostRows: 8 })),
		);
		await settled();
		expect(requests).toHaveLength(1);
		for (const index of [8, 9, 10]) groups.excuse(index);
		expect(await Promise.all(asked)).toEqual(
			Array.from({ length: 8 }, (_, index) => answered(index)),
		);
		expect(requests[1]).toEqual([0, 1, 2, 3, 4, 5]);
	});
});

describe('nobody is left waiting', () => {
	it('where asking goes wrong', async () => {
		const { groups } = gather(2);
		const odd = new Error('odd');
		asking.mockRejectedValue(odd);
		const asked = [0, 1].map((index) => groups.ask('k', member({ index })));
		expect(await Promise.all(asked)).toEqual([
			{ type: 'failed', error: odd },
			{ type: 'failed', error: odd },
		]);
	});

	it('where it gives too few outcomes', async () => {
		const { groups } = gather(2);
		asking.mockResolvedValue([answered(0)]);
		const asked = [0, 1].map((index) =>
			groups.ask('k', { ...member({ index }), spent: totalUsage(index) }),
		);
		expect(await Promise.all(asked)).toEqual([
			answered(0),
			{ type: 'alone', spent: totalUsage(1) },
		]);
	});
});

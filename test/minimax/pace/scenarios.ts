import { overloaded, rateLimited, tooManyInFlight } from '../../support/virtualApi';
import {
	atMostInFlight,
	banning,
	between,
	byChance,
	comesAndGoes,
	fixedWindow,
	growthLimit,
	nothingPasses,
	sharedWithAnother,
	slidingWindow,
	tokenBucket,
	tokensPerMinute,
	type Limit,
} from '../../support/virtualLimits';

type Random = () => number;

/**
 * What a pace is judged by. `stated` is what MiniMax states of its limits, `common` what other servers,
 * gateways and networks do, `harsh` quotas, bans and greedy others, under which nobody does well.
 */
export interface Scenario {
	group: 'stated' | 'common' | 'harsh';
	family: string;
	name: string;
	rows: number;
	/** Made anew for each run; what is drawn from `random` belongs to the seed. */
	limits: (random: Random) => Limit[];
	/**
	 * What the ideal client goes by, where that is less: our share of a limit that another client uses too,
	 * and a hundred at a time where nothing limits them.
	 */
	idealLimits?: (random: Random) => Limit[];
	/** How long the answer to a row takes, in milliseconds. */
	answerMs: (random: Random) => number;
	/** Answers stream: they begin after a tenth of their time. Without it the first word is the last. */
	streamed: boolean;
	/** How long a refusal takes. */
	refusalMs: (random: Random) => number;
	retryAfterMs?: (now: number) => number;
	/** Processes that share the limit, each with as many rows and a pace of its own. */
	workers: number;
	/** When a row comes in; all at the start where left out. */
	arrivesAt?: (row: number) => number;
	/** What it takes to open a connection, which each request does that finds none idle. */
	connectMs?: number;
	/** The clock is set by so much after so long. */
	clockSet?: { afterMs: number; byMs: number };
}

const MINUTE = 60_000;

/** How long answers take. */
const answers = {
	fast: () => 50,
	quick: () => 300,
	usual: (random: Random) => 2000 + 6000 * random(),
	long: (random: Random) => 30_000 + 90_000 * random(),
	/** Log-normal around 3 s, at most 2 minutes. */
	tailed: (random: Random) => {
		const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		return Math.min(120_000, 3000 * Math.exp(1.2 * normal));
	},
};

const hundredAtATime = atMostInFlight(100);

const scenarios: Scenario[] = [];

type Particulars = Partial<Omit<Scenario, 'answerMs'>> & { answers?: keyof typeof answers };

function add(
	group: Scenario['group'],
	family: string,
	name: string,
	rows: number,
	limits: Scenario['limits'],
	{ answers: length = 'usual', ...particulars }: Particulars = {},
): void {
	scenarios.push({
		group,
		family,
		name: `${name}, ${rows} rows, ${length}`,
		rows,
		limits,
		answerMs: answers[length],
		streamed: true,
		refusalMs: (random) => 40 + 20 * random(),
		workers: 1,
		...particulars,
	});
}

/** Windows begin anywhere, not with our first request. */
const fixedMinute = (most: number) => (random: Random) => [
	fixedWindow(most, MINUTE, -MINUTE * random()),
];
const slidingMinute = (most: number) => () => [slidingWindow(most, MINUTE)];
const fixedSecond = (most: number) => (random: Random) => [
	fixedWindow(most, 1000, -1000 * random()),
];
const slidingSecond = (most: number) => () => [slidingWindow(most, 1000)];

for (const most of [20, 60, 200, 500, 1000]) {
	for (const length of ['usual', 'tailed'] as const) {
		const rows = Math.round(most * (most === 20 ? 7.3 : 4.4));
		add('stated', 'minute windows', `${most}/min fixed`, rows, fixedMinute(most), {
			answers: length,
		});
		add('stated', 'minute windows', `${most}/min sliding`, rows, slidingMinute(most), {
			answers: length,
		});
	}
}
for (const counted of ['take', 'end'] as const) {
	const tpm = (random: Random) => tokensPerMinute(100, counted, -MINUTE * random());
	const name = `100 answers' tokens/min, counted at the ${counted}`;
	add('stated', 'tokens a minute', name, 500, (random) => [tpm(random)]);
	add('stated', 'tokens a minute', `${name}, 200/min sliding`, 500, (random) => [
		slidingWindow(200, MINUTE),
		tpm(random),
	]);
}
for (const most of [3, 5, 10, 20]) {
	for (const [words, refusal] of [
		['1041', tooManyInFlight] as const,
		['429', rateLimited] as const,
	]) {
		const cap = () => atMostInFlight(most, refusal);
		add('stated', 'caps', `${most} at a time (${words})`, Math.max(200, most * 30), () => [cap()]);
		add(
			'stated',
			'caps and windows',
			`${most} at a time (${words}), 60/min fixed`,
			240,
			(random) => [cap(), fixedWindow(60, MINUTE, -MINUTE * random())],
		);
	}
	add(
		'stated',
		'caps',
		`${most} at a time (1041)`,
		Math.max(200, most * 30),
		() => [atMostInFlight(most, tooManyInFlight)],
		{ answers: 'tailed' },
	);
}
for (const rows of [1, 10, 100, 1000]) {
	add('stated', 'no limit', 'none', rows, () => [], { idealLimits: () => [hundredAtATime] });
}
add('stated', 'no limit', 'none', 1000, () => [], {
	answers: 'quick',
	idealLimits: () => [hundredAtATime],
});

for (const length of ['fast', 'quick', 'usual'] as const) {
	add('common', 'second windows', '30/s fixed', 600, fixedSecond(30), { answers: length });
	add('common', 'second windows', '30/s sliding', 600, slidingSecond(30), { answers: length });
	add(
		'common',
		'second windows',
		'20 in 5 s fixed',
		200,
		(random) => [fixedWindow(20, 5000, -5000 * random())],
		{ answers: length },
	);
	add('common', 'buckets', 'bucket of 30, 30/s', 600, () => [tokenBucket(30, 30)], {
		answers: length,
	});
	add('common', 'buckets', 'bucket of 100, 2/s', 400, () => [tokenBucket(100, 2)], {
		answers: length,
	});
	add('common', 'buckets', 'GCRA, 5 at once, 5/s', 400, () => [tokenBucket(5, 5)], {
		answers: length,
	});
	add('common', 'buckets', 'GCRA, 1 at once, 10/s', 400, () => [tokenBucket(1, 10)], {
		answers: length,
	});
	add('common', 'growth', 'half more each second, 10 always', 1000, () => [growthLimit(1.5, 10)], {
		answers: length,
	});
	add('common', 'growth', 'double in 10 s, 20 always', 1000, () => [growthLimit(2, 20, 10_000)], {
		answers: length,
	});
	add('common', 'not streamed', '200/min sliding', 800, slidingMinute(200), {
		answers: length,
		streamed: false,
	});
	add('common', 'not streamed', 'bucket of 5, 5/s', 400, () => [tokenBucket(5, 5)], {
		answers: length,
		streamed: false,
	});
	add('common', 'not streamed', '10 at a time (429)', 300, () => [atMostInFlight(10)], {
		answers: length,
		streamed: false,
	});
}
// Windows begin with the first request that arrives, later than it left: its connection is new.
for (const [name, limit] of [
	['fixed', fixedWindow],
	['sliding', slidingWindow],
] as const) {
	// As `npm run bench` has it: all from near by, and the first word is the last.
	add('common', 'new connections', `30/s ${name}, 60 ms`, 200, () => [limit(30, 1000)], {
		answers: 'quick',
		streamed: false,
		refusalMs: () => 5,
		connectMs: 60,
	});
	for (const most of [20, 200]) {
		add(
			'common',
			'new connections',
			`${most}/min ${name}, 300 ms`,
			Math.round(most * 4.4),
			() => [limit(most, MINUTE)],
			{ connectMs: 300 },
		);
	}
}
for (const streamed of [true, false]) {
	const particulars = { answers: 'long', streamed } as const;
	add(
		'common',
		'long answers',
		`200/min fixed${streamed ? '' : ', not streamed'}`,
		1000,
		fixedMinute(200),
		particulars,
	);
	add(
		'common',
		'long answers',
		`500/min sliding${streamed ? '' : ', not streamed'}`,
		2000,
		slidingMinute(500),
		particulars,
	);
	add(
		'common',
		'long answers',
		`bucket of 10, 1/s${streamed ? '' : ', not streamed'}`,
		400,
		() => [tokenBucket(10, 1)],
		particulars,
	);
	add(
		'common',
		'long answers',
		`GCRA, 1 at once, 2/s${streamed ? '' : ', not streamed'}`,
		400,
		() => [tokenBucket(1, 2)],
		particulars,
	);
	add(
		'common',
		'long answers',
		`10 at a time (429)${streamed ? '' : ', not streamed'}`,
		100,
		() => [atMostInFlight(10)],
		particulars,
	);
}
for (const [name, awayMs] of [
	['5 s', 5000],
	['30 s', 30_000],
] as const) {
	add('common', 'overload', `529 for ${name} of every 2 min`, 2000, () => [
		comesAndGoes(2 * MINUTE, awayMs, overloaded),
		slidingWindow(500, MINUTE),
	]);
}
add('common', 'overload', '529 for 3 min', 500, () => [
	{ ...between(0, 3 * MINUTE, nothingPasses), refusal: overloaded },
]);
for (const chance of [0.1, 0.3, 0.5, 0.7]) {
	for (const length of ['quick', 'usual'] as const) {
		add(
			'common',
			'overload',
			`529 at ${chance * 100} % by chance`,
			1000,
			(random) => [byChance(chance, random, overloaded)],
			{ answers: length, idealLimits: () => [hundredAtATime] },
		);
	}
}
for (const chance of [0.05, 0.1, 0.2]) {
	add('common', 'stray 429', `${chance * 100} %`, 1000, (random) => [byChance(chance, random)], {
		idealLimits: () => [hundredAtATime],
	});
	add('common', 'stray 429', `${chance * 100} %, 200/min sliding`, 800, (random) => [
		byChance(chance, random),
		slidingWindow(200, MINUTE),
	]);
}
const untilMinute = (now: number) => MINUTE - (now % MINUTE);
for (const [words, retryAfterMs] of [
	['right', untilMinute],
	['5 s too long', (now: number) => untilMinute(now) + 5000],
	['always 1 s', () => 1000],
	['always 120 s', () => 2 * MINUTE],
] as const) {
	add(
		'common',
		'Retry-After',
		`200/min fixed, ${words}`,
		800,
		() => [fixedWindow(200, MINUTE, 0)],
		{
			retryAfterMs,
		},
	);
}
add('common', 'Retry-After', '30/s fixed, 1 s', 600, fixedSecond(30), {
	answers: 'quick',
	retryAfterMs: () => 1000,
});
add(
	'common',
	'Retry-After',
	'600 s of silence at first',
	400,
	() => [{ ...between(2000, 602_000, nothingPasses) }, slidingWindow(200, MINUTE)],
	{ retryAfterMs: (now) => (now < 602_000 ? 602_000 - now : untilMinute(now)) },
);
add('common', 'slow refusals', '200/min sliding', 800, slidingMinute(200), {
	refusalMs: (random) => 2000 + 6000 * random(),
});
add('common', 'slow refusals', '30/s fixed', 600, fixedSecond(30), {
	answers: 'quick',
	refusalMs: () => 300,
});
add('common', 'slow refusals', '10 at a time (429)', 300, () => [atMostInFlight(10)], {
	refusalMs: (random) => 2000 + 6000 * random(),
});
add(
	'common',
	'second client',
	'takes half of 200/min fixed',
	400,
	(random) => [sharedWithAnother(fixedWindow(200, MINUTE, -MINUTE * random()), 600)],
	{ idealLimits: fixedMinute(100) },
);
add(
	'common',
	'second client',
	'takes half of 200/min sliding',
	400,
	() => [sharedWithAnother(slidingWindow(200, MINUTE), 600)],
	{ idealLimits: slidingMinute(100) },
);
add(
	'common',
	'second client',
	'takes half of 30/s sliding',
	300,
	() => [sharedWithAnother(slidingWindow(30, 1000), 67)],
	{ answers: 'quick', idealLimits: slidingSecond(15) },
);
add('common', 'limits that change', '500/min, then 100/min', 1200, () => [
	between(0, 2 * MINUTE, slidingWindow(500, MINUTE)),
	between(2 * MINUTE, Infinity, slidingWindow(100, MINUTE)),
]);
add('common', 'limits that change', '100/min, then 500/min', 2000, () => [
	between(0, 4 * MINUTE, slidingWindow(100, MINUTE)),
	between(4 * MINUTE, Infinity, slidingWindow(500, MINUTE)),
]);
add(
	'common',
	'limits that change',
	'30/s until 10 s',
	1000,
	() => [between(0, 10_000, slidingWindow(30, 1000))],
	{
		answers: 'quick',
		idealLimits: () => [between(0, 10_000, slidingWindow(30, 1000)), hundredAtATime],
	},
);
add(
	'common',
	'limits that change',
	'30/s from 2 s on',
	1000,
	() => [between(2000, Infinity, slidingWindow(30, 1000))],
	{
		answers: 'usual',
		idealLimits: () => [between(2000, Infinity, slidingWindow(30, 1000)), hundredAtATime],
	},
);
add('common', 'limits that change', '20 at a time, then 5, then 20', 600, () => [
	atMostInFlight(20),
	between(30_000, 120_000, atMostInFlight(5)),
]);
for (const [words, byMs] of [
	['forward', 60 * MINUTE],
	['back', -60 * MINUTE],
] as const) {
	const clockSet = { afterMs: 70_000, byMs };
	add('common', 'clock set', `${words} by an hour, 60/min sliding`, 200, slidingMinute(60), {
		clockSet,
	});
	add(
		'common',
		'clock set',
		`${words} by an hour, 529 for 3 min`,
		200,
		() => [{ ...between(0, 3 * MINUTE, nothingPasses), refusal: overloaded }],
		{ clockSet },
	);
}
for (const workers of [2, 3, 8]) {
	const particulars = { workers };
	const each = Math.ceil(800 / workers);
	add('common', `${workers} workers`, '200/min fixed', each, fixedMinute(200), particulars);
	add('common', `${workers} workers`, '200/min sliding', each, slidingMinute(200), particulars);
	add('common', `${workers} workers`, '30/s sliding', each, slidingSecond(30), {
		...particulars,
		answers: 'quick',
	});
	add('common', `${workers} workers`, 'bucket of 30, 30/s', each, () => [tokenBucket(30, 30)], {
		...particulars,
		answers: 'quick',
	});
	add(
		'common',
		`${workers} workers`,
		'20 at a time (1041)',
		each,
		() => [atMostInFlight(20, tooManyInFlight)],
		particulars,
	);
}
add('common', 'many rows', '200/min sliding', 20_000, slidingMinute(200));
add('common', 'many rows', '1000/min fixed', 100_000, fixedMinute(1000));
add('common', 'many rows', '30/s sliding', 20_000, slidingSecond(30), { answers: 'quick' });
add('common', 'few rows', '20/min sliding', 30, slidingMinute(20));
add('common', 'few rows', '3 at a time (1041)', 10, () => [atMostInFlight(3, tooManyInFlight)]);
add('common', 'arrivals', 'trickle, 60/min sliding', 200, slidingMinute(60), {
	arrivesAt: (row) => row * 1500,
});
add('common', 'arrivals', 'steady 80 %, 200/min fixed', 1600, fixedMinute(200), {
	arrivesAt: (row) => row * 375,
});
add('common', 'arrivals', 'steady 80 %, 30/s sliding', 1500, slidingSecond(30), {
	arrivesAt: (row) => row * 42,
	answers: 'quick',
});
add('common', 'arrivals', 'a burst after an idle hour, 200/min fixed', 1200, fixedMinute(200), {
	arrivesAt: (row) => (row < 600 ? 0 : 65 * MINUTE),
});

add('harsh', 'quotas', '100 in 10 min fixed', 300, () => [fixedWindow(100, 10 * MINUTE)]);
add('harsh', 'quotas', '300 in 20 min sliding', 700, () => [slidingWindow(300, 20 * MINUTE)]);
add('harsh', 'refusals count', '200/min sliding', 800, () => [slidingWindow(200, MINUTE, true)]);
add('harsh', 'refusals count', '30/s sliding', 600, () => [slidingWindow(30, 1000, true)], {
	answers: 'quick',
});
add('harsh', 'bans', '200/min fixed, 10 s', 800, (random) => [
	banning(fixedWindow(200, MINUTE, -MINUTE * random()), 10_000),
]);
add('harsh', 'bans', '200/min sliding, 60 s', 800, () => [
	banning(slidingWindow(200, MINUTE), MINUTE),
]);
add('harsh', 'bans', '30/s sliding, 30 s', 600, () => [banning(slidingWindow(30, 1000), 30_000)], {
	answers: 'quick',
});
add('harsh', 'greedy others', '200/min fixed', 100, (random) => [
	sharedWithAnother(fixedWindow(200, MINUTE, -MINUTE * random()), 20),
]);
add('harsh', 'greedy others', '200/min sliding', 100, () => [
	sharedWithAnother(slidingWindow(200, MINUTE), 100),
]);
add(
	'harsh',
	'greedy others',
	'30/s sliding',
	200,
	() => [sharedWithAnother(slidingWindow(30, 1000), 17)],
	{ answers: 'quick' },
);

export { scenarios };

import { playScenario, type Outcome } from './playScenario';
import { scenarios, type Scenario } from './scenarios';

/** What families reach at most in the mean; `npm run bench:pace` plays them all, with more seeds. */
const aims: Array<{ group: Scenario['group']; ratio: number; refusals: number }> = [
	{ group: 'stated', ratio: 1.08, refusals: 0.1 },
	{ group: 'common', ratio: 1.35, refusals: 0.27 },
];
const SEED = 1;

const outcomes = new Map<Scenario, Outcome>();

/** The longest of the others take longer than a test should. */
const played = scenarios.filter(({ group, rows }) => group === 'stated' || rows <= 2500);

beforeAll(async () => {
	for (const scenario of played) outcomes.set(scenario, await playScenario(scenario, SEED));
}, 300_000);

function outcomesOf(wanted: (scenario: Scenario) => boolean): Array<[string, Outcome]> {
	return [...outcomes].flatMap(([scenario, outcome]) =>
		wanted(scenario) ? [[`${scenario.family}: ${scenario.name}`, outcome]] : [],
	);
}

const mean = (numbers: number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

test('no row is lost, and nothing is left behind', () => {
	const lost = outcomesOf(({ family }) => family !== 'greedy others').filter(
		([, { lost: rows, timersLeft }]) => rows > 0 || timersLeft > 0,
	);
	expect(lost).toEqual([]);
});

test.each(aims)(
	'$group limits: $ratio times the ideal time and $refusals refusals an accepted request at most',
	({ group, ratio, refusals }) => {
		const all = outcomesOf((scenario) => scenario.group === group).map(([, outcome]) => outcome);
		const ratios = all.map(({ ms, idealMs }) => Math.log(ms / idealMs));
		expect(Math.exp(mean(ratios))).toBeLessThanOrEqual(ratio);
		expect(mean(all.map(({ refused, answered }) => refused / answered))).toBeLessThanOrEqual(
			refusals,
		);
	},
);

test('a clock that is set by an hour costs nothing', () => {
	const jumping = outcomesOf(({ clockSet }) => clockSet !== undefined);
	expect(jumping).toHaveLength(4);
	for (const [name, { ms, idealMs }] of jumping) {
		expect({ name, isInTime: ms / idealMs < 1.6 }).toEqual({ name, isInTime: true });
	}
});

test('the worst of eight workers gets a quarter of an equal share', () => {
	const shared = outcomesOf(({ workers }) => workers === 8);
	expect(shared.length).toBeGreaterThan(0);
	for (const [name, { worstShare }] of shared) {
		expect({ name, isFair: worstShare >= 0.25 }).toEqual({ name, isFair: true });
	}
});

import { effortFor } from '../../../nodes/minimax/request/effortFor';
import { thinkingFor } from '../../../nodes/minimax/request/thinkingFor';

const levels = ['low', 'medium', 'high', 'xhigh', 'max'];

describe('effortFor', () => {
	it.each(levels)('sends %s to models that have levels, and to unknown ones', (level) => {
		for (const model of ['MiniMax-M3.1-Flash', 'Qwen/Qwen3-32B']) {
			expect(effortFor(level, model)).toEqual({ reasoning_effort: level });
		}
	});

	it.each(['MiniMax-M3', 'MiniMax-M2.7', 'M2-her'])('sends none to %s', (model) => {
		expect(effortFor('high', model)).toEqual({});
	});

	it.each(['default', '', 'HIGH', 'none', undefined, null, 1, ['high']])(
		'%j is no level',
		(choice) => {
			expect(effortFor(choice, 'MiniMax-M3.1-Flash')).toEqual({});
		},
	);
});

describe('thinkingFor', () => {
	it.each(['adaptive', 'disabled'])(
		'sends %s to models that can switch, and to unknown ones',
		(type) => {
			for (const model of ['MiniMax-M3', 'Qwen/Qwen3-32B']) {
				expect(thinkingFor(type, model)).toEqual({ thinking: { type } });
			}
		},
	);

	it.each(['MiniMax-M3.1-Flash', 'MiniMax-M2.7', 'M2-her'])('sends nothing to %s', (model) => {
		expect(thinkingFor('disabled', model)).toEqual({});
	});

	it.each(['default', '', 'enabled', undefined, null, true])('%j is no choice', (choice) => {
		expect(thinkingFor(choice, 'MiniMax-M3')).toEqual({});
	});
});

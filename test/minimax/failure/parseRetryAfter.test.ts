import { parseRetryAfter } from '../../../nodes/minimax/failure/parseRetryAfter';

const NOW = Date.parse('Tue, 03 Nov 2026 10:00:00 GMT');

describe('parseRetryAfter', () => {
	test.each([
		[{}, null],
		[{ 'retry-after': '7' }, 7000],
		[{ 'Retry-After': '0.25' }, 250],
		[{ 'RETRY-AFTER': 3 }, 3000],
		[{ 'retry-after': ['2', '9'] }, 2000],
		[{ 'retry-after': '0' }, 0],
		[{ 'retry-after-ms': '150', 'retry-after': '7' }, 150],
		[{ 'retry-after': 'Tue, 03 Nov 2026 10:00:30 GMT' }, 30_000],
		[{ 'retry-after': 'Tue, 03 Nov 2026 09:59:00 GMT' }, 0],
		[{ 'retry-after': '86400' }, 86_400_000],
		[{ 'retry-after': '86401' }, null],
		[{ 'retry-after': 'Wed, 03 Nov 2027 10:00:00 GMT' }, null],
		[{ 'retry-after': '-5' }, null],
		[{ 'retry-after': 'soon' }, null],
		[{ 'retry-after': 'soon GMT' }, null],
		[{ 'retry-after': 'NaN' }, null],
		[{ 'retry-after': '1e3' }, null],
		[{ 'retry-after': '' }, null],
		[{ 'retry-after': { seconds: 3 } }, null],
	])('%j', (headers, expected) => {
		expect(parseRetryAfter(headers, NOW)).toBe(expected);
	});
});

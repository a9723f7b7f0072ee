import fc from 'fast-check';

import { text } from './wireMessages.ts';

const status = fc.constantFrom<unknown>(
	400,
	401,
	402,
	404,
	429,
	500,
	503,
	529,
	'429',
	'503',
	'503 Busy',
	200,
	0,
	1008,
	null,
	{},
);

const words = fc.oneof(
	text,
	fc.constantFrom(
		'usage limit exceeded, 5-hour usage limit reached for Token Plan Max (9/9 used), resets at 2026-12-01T00:00:00Z (2056)',
		'context window exceeds limit (2013)',
		'invalid params, function arguments (2013)',
		'Internal Server Error',
		'Rate limit reached',
		'insufficient balance (1008)',
	),
);

/** An error as servers and gateways report it, some inside of others. */
const { report } = fc.letrec<{ report: unknown }>((tie) => ({
	report: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.record(
			{
				type: fc.constantFrom(
					'error',
					'rate_limit_error',
					'server_error',
					'BadRequestError',
					'overloaded_error',
					'x',
				),
				message: words,
				code: status,
				http_code: status,
				status,
			},
			{ requiredKeys: [] },
		),
		fc.record({ error: words }),
		fc.record({ error: tie('report') }),
		fc.record({ object: fc.constant('error'), message: words, code: status }),
		fc.record({ error_type: words, error_message: words }),
		fc.record({ base_resp: fc.record({ status_code: status, status_msg: words }) }),
		fc.record({ detail: tie('report') }),
		fc.record({ choices: fc.tuple(fc.record({ error: tie('report') })) }),
		fc.record({ message: tie('report').map((inner) => `failed: ${JSON.stringify(inner)}`) }),
		fc.record({
			error: fc.record({
				message: words,
				metadata: fc.record({ raw: tie('report').map((inner) => JSON.stringify(inner)) }),
			}),
		}),
	),
}));

export { report };

import { findSendChunk } from '../../nodes/n8n/findSendChunk';

type Context = Parameters<typeof findSendChunk>[0];

/** As much of a context as is looked at. */
const contextWith = (parts: object) =>
	({ getMode: () => 'webhook', getNode: () => ({ id: 'n1', name: 'Chat' }), ...parts }) as Context;

describe('n8n 2.37 and later', () => {
	it('sends by its own method, as a method', async () => {
		const sent: unknown[] = [];
		const context = contextWith({
			isStreaming: () => true,
			sendChunk(...chunk: unknown[]) {
				sent.push(this === context, ...chunk);
			},
		});
		await findSendChunk(context)?.('item', 3, 'Hi');

		expect(sent).toEqual([true, 'item', 3, 'Hi']);
	});

	it('sends nothing where it does not stream, whatever hooks there are', () => {
		const additionalData = {
			streamingEnabled: true,
			hooks: { handlers: { sendChunk: [() => {}] } },
		};
		const context = contextWith({ isStreaming: () => false, sendChunk: () => {}, additionalData });

		expect(findSendChunk(context)).toBeUndefined();
	});
});

describe('before', () => {
	const run: unknown[] = [];
	const heard = {
		streamingEnabled: true,
		hooks: {
			handlers: { sendChunk: [() => {}] },
			runHook: async (...hook: unknown[]) => void run.push(hook),
		},
	};
	beforeEach(() => void run.splice(0));

	it.each(['manual', 'webhook', 'integrated', 'chat'])(
		'sends by the hooks in mode %s',
		async (mode) => {
			const context = contextWith({ additionalData: heard, runIndex: 2, getMode: () => mode });
			await findSendChunk(context)?.('item', 3, 'Hi');

			expect(run).toEqual([
				[
					'sendChunk',
					[
						{
							type: 'item',
							content: 'Hi',
							metadata: {
								nodeId: 'n1',
								nodeName: 'Chat',
								itemIndex: 3,
								runIndex: 2,
								timestamp: expect.any(Number),
							},
						},
					],
				],
			]);
		},
	);

	it('counts runs from 0, and sends no content where there is none', async () => {
		await findSendChunk(contextWith({ additionalData: heard }))?.('begin', 0);

		expect(run).toEqual([
			[
				'sendChunk',
				[
					expect.objectContaining({
						content: undefined,
						metadata: expect.objectContaining({ runIndex: 0 }),
					}),
				],
			],
		]);
	});

	it('bears hooks that cannot be run', async () => {
		const hooks = { handlers: heard.hooks.handlers };
		const context = contextWith({ additionalData: { streamingEnabled: true, hooks } });

		await expect(findSendChunk(context)?.('begin', 0)).resolves.toBeUndefined();
	});

	it.each<[string, object]>([
		['nothing is known', {}],
		['the workflow does not stream', { additionalData: { ...heard, streamingEnabled: false } }],
		['it is not said whether', { additionalData: { ...heard, streamingEnabled: undefined } }],
		['there are no hooks', { additionalData: { streamingEnabled: true } }],
		['hooks have no handlers', { additionalData: { streamingEnabled: true, hooks: {} } }],
		[
			'no handler is for chunks',
			{ additionalData: { streamingEnabled: true, hooks: { handlers: {} } } },
		],
		['nobody listens', { additionalData: { ...heard, hooks: { handlers: { sendChunk: [] } } } }],
		['the mode is none that streams', { additionalData: heard, getMode: () => 'trigger' }],
	])('sends nothing where %s', (_, parts) => {
		expect(findSendChunk(contextWith(parts))).toBeUndefined();
	});
});

import { isAdapter } from '../../../nodes/LmChatMiniMax/sdkGaps/adapter';
import { closeSdkGaps } from '../../../nodes/LmChatMiniMax/sdkGaps/closeSdkGaps';

const methods = ['_generate', '_streamResponseChunks', 'stream', 'bindTools', 'withConfig'];

/** What a model of n8n's SDK looks like from outside. */
function like(fields: Record<string, unknown> = {}) {
	return {
		...Object.fromEntries(methods.map((name) => [name, () => {}])),
		chatModel: { parameters: {} },
		...fields,
	};
}

it("is known by the SDK's methods and the model inside", () => {
	expect(isAdapter(like())).toBe(true);
});

it.each<[string, unknown]>([
	...methods.map((name): [string, unknown] => [`without ${name}`, like({ [name]: undefined })]),
	['without a model', like({ chatModel: undefined })],
	['with null for its model', like({ chatModel: null })],
	['with a name for its model', like({ chatModel: 'parameters' })],
	['with a model of somebody else', like({ chatModel: { modelId: 'other-1' } })],
	['a function', Object.assign(() => {}, like())],
	['nothing', undefined],
	['null', null],
	['a name', 'model'],
])('is not what is %s, which comes back as it is', (_what, response) => {
	expect(isAdapter(response)).toBe(false);
	expect(closeSdkGaps(response)).toBe(response);
});

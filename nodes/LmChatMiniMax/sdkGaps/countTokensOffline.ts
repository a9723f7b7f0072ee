import type { Adapter } from './adapter';
import { joinTexts } from './giveTextAsString';

/**
 * For splitting texts and cutting memories LangChain counts with GPT-2's tokens, which it fetches from a
 * web site: without access to the internet each count takes 100 s. An estimate asks nobody.
 */
export function countTokensOffline(model: Adapter): void {
	model.getNumTokens = async (content) => {
		const joined = joinTexts(content);
		const text = typeof joined === 'string' ? joined : JSON.stringify(joined ?? '');
		// About four bytes of UTF-8 are a token.
		return Math.ceil(new TextEncoder().encode(text).length / 4);
	};
}

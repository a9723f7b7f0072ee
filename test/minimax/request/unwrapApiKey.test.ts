import { unwrapApiKey } from '../../../nodes/minimax/request/unwrapApiKey';

const key = 'sk-api-Bearer-12_x';

it.each([
	key,
	`  ${key}\r\n`,
	`\u200b${key}\ufeff`,
	`\u200b ${key}`,
	`Bearer ${key}`,
	`  Bearer ${key}`,
	`${' '.repeat(5000)}Bearer ${key}`,
	`bearer   ${key}`,
	`BEARER: ${key}`,
	`Bearer : ${key}`,
	`Bearer:${key}`,
	`Bearer  :  ${key}`,
	`Authorization: Bearer ${key}`,
	`authorization=${key}`,
	`Authorization  :  ${key}`,
	`"Authorization": "Bearer ${key}",`,
	`'authorization'  =  '${key}';`,
	`"${key}"`,
	`""${key}"";;`,
	`“${key}”,`,
	`' ${key} '`,
	`" Bearer ${key} "`,
	`\`${key}\``,
	`${key.slice(0, 6)} ${key.slice(6)}`,
	`${key.slice(0, 6)}\n  ${key.slice(6)}`,
])('%j is the key', (pasted) => {
	expect(unwrapApiKey(pasted)).toBe(key);
});

it.each([
	// Neither the word nor the marks are taken out of the middle, or a word that only begins so.
	['sk-a;b,c"d', 'sk-a;b,c"d'],
	['bearerless', 'bearerless'],
	['sk-authorization:x', 'sk-authorization:x'],
	['sk-bearer:x', 'sk-bearer:x'],
	['authorizationx', 'authorizationx'],
])('of %j all is kept', (pasted, kept) => {
	expect(unwrapApiKey(pasted)).toBe(kept);
});

it.each(['', ' ', 'Bearer', 'Bearer ', '""', undefined, null, 7, {}])('%j holds none', (pasted) => {
	expect(unwrapApiKey(pasted)).toBe('');
});

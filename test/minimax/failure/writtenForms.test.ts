import { writtenForms } from '../../../nodes/minimax/failure/writtenForms';

const SECRETS = ['sk-abc', 'sk-abcd', 'sk-abcde', 'ключ/1?2', 'a b\u0001+~z'];

describe.each(SECRETS)('%j', (secret) => {
	it('may be written as it is, percent-encoded and in hex', () => {
		const forms = writtenForms(secret);
		expect(forms).toContain(secret);
		expect(forms).toContain(encodeURIComponent(secret));
		expect(forms).toContain(Buffer.from(secret).toString('hex'));
	});

	it.each(['', 'k', 'ke', 'key', 'key='])(
		'may be in base64 behind %j, whatever follows',
		(before) => {
			const inBase64 = (behind: string, encoding: BufferEncoding) =>
				Buffer.from(before + secret + behind).toString(encoding);
			const forms = writtenForms(secret);
			for (const behind of ['', ' ', 'yz', 'xyz', '~~~~']) {
				for (const encoding of ['base64', 'base64url'] as const) {
					const written = inBase64(behind, encoding);
					expect(forms.some((form) => written.includes(form))).toBe(true);
				}
			}
		},
	);

	it('is whole in each form: none is so short that other texts hold it', () => {
		for (const form of writtenForms(secret))
			expect(form.length).toBeGreaterThanOrEqual(secret.length);
	});
});

it('stands alone in base64 without the signs that fill it up', () => {
	expect(writtenForms('sk-abcd')).toContain('c2stYWJjZA');
	expect(writtenForms('sk-abcd').join('')).not.toContain('=');
});

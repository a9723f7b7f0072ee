import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** What somebody pasted into the credential's own fields, 2,048 characters at most. */
const ON_PASTED_TEXT = ['request/normalizeBaseUrl.ts', 'request/unwrapApiKey.ts'];

interface Expression {
	/** File and line. */
	place: string;
	source: string;
	flags: string;
}

const expressions: Expression[] = globSync('{nodes,credentials}/**/*.ts', { cwd: ROOT }).flatMap(
	(file) => {
		const text = readFileSync(join(ROOT, file), 'utf8');
		const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
		const found: Expression[] = [];
		const visit = (node: ts.Node): void => {
			if (ts.isRegularExpressionLiteral(node)) {
				const end = node.text.lastIndexOf('/');
				const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
				const place = `${file}:${line + 1}`;
				found.push({ place, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	},
);

test('there are regular expressions to check', () => {
	expect(expressions.length).toBeGreaterThan(60);
});

test.each(expressions.filter(({ place }) => !ON_PASTED_TEXT.some((file) => place.includes(file))))(
	'$place /$source/$flags takes time that grows with the length of the text only',
	({ source, flags }) => {
		expect(checkSync(source, flags, { timeout: 20_000, randomSeed: 20_261_128 })).toMatchObject({
			status: 'safe',
		});
	},
	30_000,
);

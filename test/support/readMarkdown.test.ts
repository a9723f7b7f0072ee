import { findCommands, findFiles, findLinks, listAnchors } from './readMarkdown';

const text = `# A tale: of \`two\` towns
See [the map](docs/map.md#scale "Scale"), <img src="a.png"> and [here](#a-tale-of-two-towns).
\`[not a link](x)\`
\`\`\`
npm install && npm run e2e -- agents --package file.tgz
npm run ask -- "What is -- this?" --model M3
\`\`\`
## A tale: of two towns
Run \`npm start\` with \`dev/start.ts\` and \`nodes/*.ts\`.
[map]: https://example.com/map
`;

test('finds links, but not in code', () => {
	expect(findLinks(text)).toEqual([
		'docs/map.md#scale',
		'#a-tale-of-two-towns',
		'https://example.com/map',
		'a.png',
	]);
});

test('gives headings the anchors of GitHub', () => {
	expect(listAnchors(text)).toEqual(['a-tale-of-two-towns', 'a-tale-of-two-towns-1']);
});

test('finds commands with their options', () => {
	expect(findCommands(text)).toEqual([
		{ script: 'e2e', options: ['package'], rest: ['agents'] },
		{ script: 'ask', options: ['model'], rest: [] },
		{ script: 'start', options: [], rest: [] },
	]);
});

test('finds files that stand without a placeholder', () => {
	expect(findFiles(text)).toEqual(['dev/start.ts']);
});

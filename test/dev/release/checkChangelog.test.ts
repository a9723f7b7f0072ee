import { checkChangelog } from '../../../dev/release/checkChangelog.ts';

const changelog = `# Changelog

## [Unreleased]

## [0.2.0] – 2026-11-28

### Added

- A tide table.

## [0.1.0] – 2026-11-25

- First version.

[Unreleased]: https://example.com/compare/0.2.0...HEAD
[0.2.0]: https://example.com/0.2.0
[0.1.0]: https://example.com/0.1.0
`;

test('a version with an entry, a date and a link is ready', () => {
	expect(checkChangelog(changelog, '0.2.0')).toEqual([]);
	expect(checkChangelog(changelog, '0.1.0')).toEqual([]);
});

test.each([
	[
		changelog,
		'0.3.0',
		['CHANGELOG.md has no entry for 0.3.0.', 'CHANGELOG.md has no link for [0.3.0] at its end.'],
	],
	[
		changelog.replace(' – 2026-11-28', ''),
		'0.2.0',
		['The entry for 0.2.0 in CHANGELOG.md has no date.'],
	],
	[
		changelog.replace('- A tide table.\n', ''),
		'0.2.0',
		['The entry for 0.2.0 in CHANGELOG.md is empty.'],
	],
	[
		changelog.replace('## [Unreleased]\n', '## [Unreleased]\n\n### Fixed\n\n- High water.\n'),
		'0.2.0',
		['CHANGELOG.md has changes under Unreleased, which belong to 0.2.0.'],
	],
])('what is missing is said (%#)', (text, version, faults) => {
	expect(checkChangelog(text, version)).toEqual(faults);
});

/**
 * What is missing in the changelog (Keep a Changelog's form) before a version can be released, one
 * sentence each.
 */
export function checkChangelog(changelog: string, version: string): string[] {
	const entry = sectionOf(changelog, version);
	const unreleased = sectionOf(changelog, 'Unreleased');
	const faults: string[] = [];
	if (entry === undefined) {
		faults.push(`CHANGELOG.md has no entry for ${version}.`);
	} else {
		if (!/^## \[.+\] – \d{4}-\d{2}-\d{2}$/m.test(entry)) {
			faults.push(`The entry for ${version} in CHANGELOG.md has no date.`);
		}
		if (!/^- /m.test(entry)) faults.push(`The entry for ${version} in CHANGELOG.md is empty.`);
	}
	if (unreleased !== undefined && /^- /m.test(unreleased)) {
		faults.push(`CHANGELOG.md has changes under Unreleased, which belong to ${version}.`);
	}
	if (!changelog.includes(`\n[${version}]: https://`)) {
		faults.push(`CHANGELOG.md has no link for [${version}] at its end.`);
	}
	return faults;
}

/** From the heading of a version to the next one's. */
function sectionOf(changelog: string, version: string): string | undefined {
	const sections = changelog.split(/^(?=## )/m);
	return sections.find((section) => section.startsWith(`## [${version}]`));
}

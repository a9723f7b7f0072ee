/** Takes out of a Markdown text what can be checked against the repository. */

export interface Command {
	script: string;
	/** Names of `--options` behind `--`. */
	options: string[];
	/** Other words behind `--`. */
	rest: string[];
}

const fence = /^```.*?^```$/gms;
const withoutCode = (text: string) => text.replace(fence, '').replace(/`[^`\n]+`/g, '');

/** Targets of links and pictures, written in Markdown or HTML. */
export function findLinks(text: string): string[] {
	const prose = withoutCode(text);
	const inMarkdown = prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g);
	const definitions = prose.matchAll(/^\[[^\]]+\]: *(\S+)$/gm);
	const inHtml = prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g);
	return [...inMarkdown, ...definitions, ...inHtml].map(([, target = '']) => target);
}

/** The anchors that GitHub gives the headings of a text. */
export function listAnchors(text: string): string[] {
	const seen = new Map<string, number>();
	return [...text.replace(fence, '').matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => {
		const anchor = heading
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
			.trim()
			.replaceAll(' ', '-');
		const times = seen.get(anchor) ?? 0;
		seen.set(anchor, times + 1);
		return times === 0 ? anchor : `${anchor}-${times}`;
	});
}

/** npm scripts in blocks of code and in code within a sentence. */
export function findCommands(text: string): Command[] {
	const code = [...text.matchAll(fence), ...text.replace(fence, '').matchAll(/`[^`\n]+`/g)];
	return code
		.flatMap(([piece]) => piece.replaceAll('`', '').split(/\n|&&|;/))
		.flatMap((line) => {
			const found = /\bnpm (?:run (?:-s )?([\w:-]+)|(start|test))(?: -- (.*))?/.exec(line);
			if (!found) return [];
			const [, run, shorthand, behind = ''] = found;
			const words = behind
				.replace(/"[^"]*"|'[^']*'/g, '')
				.split(/\s+/)
				.filter(Boolean);
			const options = words.filter((word) => word.startsWith('--'));
			// A word behind an option may be its value.
			const rest = words.filter(
				(word, at) => !word.startsWith('-') && !words[at - 1]?.startsWith('--'),
			);
			return [
				{
					script: run ?? shorthand ?? '',
					options: options.map((option) => option.slice(2).replace(/=.*/, '')),
					rest: rest.filter((word) => /^[\w.]+$/.test(word)),
				},
			];
		});
}

/** Paths of this repository in code within a sentence, such as `dev/start.ts`; none with a placeholder. */
export function findFiles(text: string): string[] {
	const inline = text.replace(fence, '').matchAll(/`([^`\n]+)`/g);
	return [...inline]
		.map(([, code = '']) => code)
		.filter((code) =>
			/^(nodes|credentials|dev|test|docs|examples|\.github|\.ci)\/[\w./-]*$/.test(code),
		);
}

import { compilePattern, type Pattern } from './pattern/compilePattern';
import { matchPattern, type Spend } from './pattern/matchPattern';

interface Format {
	/** What stands in its place in a sentence. */
	words: string;
	holds(text: string, spend: Spend): boolean;
}

const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[zZ]|[+-](?:[01]\d|2[0-3]):[0-5]\d)`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const HOST = String.raw`${LABEL}(?:\.${LABEL})*`;
const NAME = String.raw`[^\s@"(),:;<>[\]\\.]+`;
const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;

/** The formats that are checked. Others are notes, which is what JSON Schema says of all of them. */
export const FORMATS: ReadonlyMap<string, Format> = new Map([
	['date', byPattern('a date such as 2026-01-31', DATE, isDay)],
	['time', byPattern('a time such as 09:30:00Z', TIME)],
	[
		'date-time',
		byPattern('a date with its time such as 2026-01-31T09:30:00Z', `${DATE}[tT]${TIME}`, isDay),
	],
	['duration', { words: 'a duration such as P1DT12H', holds: isDuration }],
	['email', byPattern('an e-mail address', String.raw`${NAME}(?:\.${NAME})*@${HOST}`)],
	['hostname', byPattern('a host name', HOST)],
	['ipv4', byPattern('an IPv4 address', String.raw`(?:${BYTE}\.){3}${BYTE}`)],
	['ipv6', { words: 'an IPv6 address', holds: isIpv6 }],
	['uuid', byPattern('a UUID', '[\\dA-Fa-f]{8}(?:-[\\dA-Fa-f]{4}){3}-[\\dA-Fa-f]{12}')],
	['uri', { words: 'an address such as https://example.com', holds: isAddress }],
	['url', { words: 'an address such as https://example.com', holds: isAddress }],
	['regex', { words: 'a regular expression', holds: isRegex }],
]);

function byPattern(
	words: string,
	pattern: string,
	holdsToo: (text: string) => boolean = () => true,
): Format {
	let compiled: Pattern | string | undefined;
	return {
		words,
		holds: (text, spend) => {
			compiled ??= compilePattern(`^(?:${pattern})$`);
			return typeof compiled !== 'string' && matchPattern(compiled, text, spend) && holdsToo(text);
		},
	};
}

/** Whether the month has the day. */
function isDay(text: string): boolean {
	const day = text.slice(0, 10);
	return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function isDuration(text: string): boolean {
	if (text.length > 100 || /[PT]$/.test(text)) return false;
	return /^P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/.test(
		text,
	);
}

function isIpv6(text: string): boolean {
	return text.length < 50 && /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);
}

function isAddress(text: string): boolean {
	if (!/^[a-z][a-z\d+.-]*:/i.test(text) || /[\s"<>\\^`{}|]|%(?![\da-f]{2})/i.test(text))
		return false;
	return URL.canParse(text);
}

function isRegex(text: string): boolean {
	return typeof compilePattern(text) !== 'string';
}

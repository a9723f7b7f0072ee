/** `2026-01-31`, also `2026/1/31`, `2026.01.31`, `2026年1月31日`: with the year first there is one reading. */
const DAY = /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})(日?)/;

/** A time that says no more than the day. */
const MIDNIGHT = /^(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$/;

/**
 * The day of the calendar that a text says, as ISO text. Undefined where it says none, could mean two
 * (03/04/2026), or says more, such as a time.
 */
export function readDay(given: string): string | undefined {
	const text = given.trim();
	const [whole, year, first, month, second, dayOfMonth, end] = DAY.exec(text) ?? [];
	if (whole === undefined) return undefined;
	const isChinese = first === '年';
	const isAlike = isChinese ? second === '月' && end === '日' : first === second && end === '';
	if (!isAlike || !MIDNIGHT.test(text.slice(whole.length))) return undefined;
	const day = [year, month, dayOfMonth].map((part) => String(part).padStart(2, '0')).join('-');
	const date = new Date(`${day}T00:00:00Z`);
	// February 30 becomes March 2.
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : undefined;
}

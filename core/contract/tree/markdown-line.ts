import type { Line } from './lines';

const HASH = 0x23;

function isBlank(code: number): boolean {
	return code === 0x20 || code === 0x09;
}

/** How often a line repeats its mark; 0 as soon as anything else but a blank stands in it. */
export function countMarks(text: string, line: Line, mark: number): number {
	let count = 0;
	for (let at = line.content; at < line.end; at++) {
		const code = text.charCodeAt(at);
		if (code === mark) count++;
		else if (!isBlank(code)) return 0;
	}
	return count;
}

/** `## Payment ##`: the level, and where its text stands (CommonMark 4.2). */
export function readAtxHeading(text: string, line: Line): { level: number; start: number; end: number } | undefined {
	const from = line.content;
	let level = 0;
	while (level < 7 && text.charCodeAt(from + level) === HASH) level++;
	if (level === 0 || level > 6 || (from + level < line.end && !isBlank(text.charCodeAt(from + level))))
		return undefined;
	const end = from + text.slice(from, line.end).replace(/[ \t]#{1,20}[ \t]*$/, '').length;
	return { level, start: Math.min(from + level, line.end), end: Math.max(end, from + level) };
}

/** The heading behind the number of a list item, where there is one: its level and where its text begins. */
export function headingBehind(text: string, line: Line, start: number): { level: number; start: number } | undefined {
	let from = start;
	while (from < line.end && text.charCodeAt(from) <= 0x20) from++;
	let level = 0;
	while (level < 6 && text.charCodeAt(from + level) === HASH) level++;
	return level > 0 && text.charCodeAt(from + level) === 0x20 ? { level, start: from + level } : undefined;
}

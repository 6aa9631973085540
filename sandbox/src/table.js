'use strict';
// Text tables that keep to a line's width whatever the cells hold.

const INDENT = 2;
const GAP = 2;
const NARROWEST_COLUMN = 8;

/** Code points, so that accents and dashes do not shift columns. */
function length(text) {
	return [...text].length;
}

/**
 * Rows with columns as wide as their longest cell, as long as they fit; otherwise the widest columns give way and their
 * cells are folded under themselves. A line break in a cell starts a new line of it.
 *
 * @param {string[][]} rows
 * @param {number} width of a line, in characters
 * @returns {string[]} lines, indented by two, without spaces at their ends
 */
function table(rows, width) {
	const columns = Math.max(0, ...rows.map((row) => row.length));
	const natural = Array.from({ length: columns }, (_, column) =>
		Math.max(0, ...rows.map((row) => widest(row[column]))),
	);
	const widths = fitted(natural, width - INDENT - GAP * (columns - 1));
	return rows.flatMap((row) => {
		const cells = widths.map((columnWidth, column) => fold(row[column] ?? '', columnWidth));
		const height = Math.max(...cells.map((lines) => lines.length));
		return Array.from({ length: height }, (_, index) => {
			const parts = cells.map((lines, column) => padded(lines[index] ?? '', widths[column] ?? 0));
			return (' '.repeat(INDENT) + parts.join(' '.repeat(GAP))).trimEnd();
		});
	});
}

function widest(cell = '') {
	return Math.max(...cell.split('\n').map(length));
}

function padded(text, width) {
	return text + ' '.repeat(Math.max(0, width - length(text)));
}

/** The same cap for all columns, as high as the width allows: narrow columns keep their width, wide ones share the rest. */
function fitted(widths, available) {
	let cap = Math.max(0, ...widths);
	const total = () => widths.reduce((sum, width) => sum + Math.min(width, cap), 0);
	while (cap > NARROWEST_COLUMN && total() > available) cap -= 1;
	const spare = Math.max(0, available - total());
	// What is left after capping goes to the last column, which holds the longest texts.
	return widths.map((width, column) => Math.min(width, cap + (column === widths.length - 1 ? spare : 0)));
}

/**
 * Lines of at most `width` characters, broken at spaces; a longer word (an e-mail address, a path) is broken after one of
 * its separators, or where it must.
 *
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
function fold(text, width) {
	return text.split('\n').flatMap((paragraph) => {
		const lines = [''];
		for (const word of paragraph.split(' ').flatMap((part) => pieces(part, width))) {
			const line = lines.at(-1) ?? '';
			const joint = word.continues || line === '' ? '' : ' ';
			if (line !== '' && length(line) + joint.length + length(word.text) > width) lines.push(word.text);
			else lines[lines.length - 1] = line + joint + word.text;
		}
		return lines;
	});
}

function pieces(word, width) {
	const found = [];
	let rest = [...word];
	while (rest.length > width) {
		const slice = rest.slice(0, width);
		const separator = Math.max(...['@', '.', '/', '-', ','].map((mark) => slice.lastIndexOf(mark)));
		const end = separator >= width / 2 ? separator + 1 : width;
		found.push(rest.slice(0, end).join(''));
		rest = rest.slice(end);
	}
	return [...found, rest.join('')].map((text, index) => ({ text, continues: index > 0 }));
}

module.exports = { table };

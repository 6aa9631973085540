/**
 * The rows of a table that stands on the page as its Markdown source, bars and all: each row opens with a bar and goes
 * on, over line breaks inside its cells, to the bar that closes it. With an empty header, because nothing on the page
 * says which row is one. Undefined where the text is anything else.
 */
export function pipeRows(text: string): string[][] | undefined {
	const rows: string[][] = [];
	let open = '';
	for (const line of text.split('\n')) {
		const trimmed = line.trim();
		if (open === '' && !trimmed.startsWith('|')) return undefined;
		open = open === '' ? trimmed : `${open.replace(/\\$/, '')}\n${trimmed}`;
		if (!open.endsWith('|') || open.length < 2) continue;
		const cells = open.slice(1, -1).split('|');
		rows.push(...apart(cells.map((cell) => cell.trim())));
		open = '';
	}
	// A single line with bars in it may be anything.
	if (open !== '' || !text.includes('\n') || rows.some((row) => row.length < 2)) return undefined;
	return [[], ...rows];
}

/** Lines of the source that the page runs together: `| a | b | | c | d |` is two rows of two cells. */
function apart(cells: string[]): string[][] {
	const width = cells.indexOf('');
	const count = (cells.length + 1) / (width + 1);
	if (width < 2 || !Number.isInteger(count)) return [cells];
	const rows = Array.from({ length: count }, (_, row) => cells.slice(row * (width + 1), row * (width + 1) + width));
	const parted = rows.every((_, row) => row === count - 1 || cells[row * (width + 1) + width] === '');
	return parted ? rows : [cells];
}

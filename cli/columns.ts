/** Display width of a line; East Asian wide characters take two cells, combining marks none. */
function width(text: string): number {
	let cells = 0;
	for (const character of text) {
		if (/\p{M}|[\u200b-\u200d]/u.test(character)) continue;
		cells += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
			character,
		)
			? 2
			: 1;
	}
	return cells;
}

/** Rows as aligned columns, two blanks between them; the last column is not padded. */
export function columns(rows: ReadonlyArray<readonly string[]>, indent = ''): string {
	const widths: number[] = [];
	for (const row of rows)
		row.forEach(
			(cell, index) => (widths[index] = Math.max(widths[index] ?? 0, index < row.length - 1 ? width(cell) : 0)),
		);
	return rows
		.map((row) => {
			const cells = row.map((cell, index) =>
				index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - width(cell)),
			);
			return `${indent}${cells.join('  ')}`.trimEnd();
		})
		.map((line) => `${line}\n`)
		.join('');
}

/** A text broken at blanks, every line behind the indent. Long words stay whole: they are addresses. */
export function wrapped(text: string, indent: string, lineWidth = 100): string {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const word of paragraph.split(' ')) {
			if (line !== '' && line.length + 1 + word.length > lineWidth - indent.length) {
				lines.push(line);
				line = word;
			} else line = line === '' ? word : `${line} ${word}`;
		}
		lines.push(line);
	}
	return lines
		.map((line) => `${indent}${line}`.trimEnd())
		.map((line) => `${line}\n`)
		.join('');
}

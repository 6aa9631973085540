/** A piece of text on a page of a test file. */
export interface Put {
	text: string;
	x: number;
	/** From the top of the page, in points. */
	y: number;
	size?: number;
	bold?: boolean;
}

const WIDTH = 612;
const HEIGHT = 792;
/** Courier is 0.6 em wide, so that tests can tell where a text ends. */
export const EM = 0.6;

function literal(text: string): string {
	return `(${text.replace(/[\\()]/g, '\\$&')})`;
}

function content(page: Put[]): string {
	return page
		.map(
			({ text, x, y, size = 10, bold = false }) =>
				`BT /${bold ? 'F2' : 'F1'} ${size} Tf 1 0 0 1 ${x} ${HEIGHT - y} Tm ${literal(text)} Tj ET`,
		)
		.join('\n');
}

/** Puts numbered objects together to a file with its cross-reference table. */
export function assemble(objects: Array<string | Buffer>, trailer = ''): Uint8Array {
	const parts: Buffer[] = [Buffer.from('%PDF-1.7\n', 'latin1')];
	const offsets: number[] = [];
	let length = parts[0]?.length ?? 0;
	const push = (part: Buffer): void => {
		parts.push(part);
		length += part.length;
	};
	objects.forEach((object, index) => {
		offsets.push(length);
		push(Buffer.from(`${index + 1} 0 obj\n`, 'latin1'));
		push(typeof object === 'string' ? Buffer.from(object, 'latin1') : object);
		push(Buffer.from('\nendobj\n', 'latin1'));
	});
	const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const start = length;
	push(
		Buffer.from(
			`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
			'latin1',
		),
	);
	return Uint8Array.from(Buffer.concat(parts));
}

export function stream(data: Buffer | string, filter = ''): Buffer {
	const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
	return Buffer.concat([
		Buffer.from(`<< /Length ${bytes.length} ${filter} >>\nstream\n`, 'latin1'),
		bytes,
		Buffer.from('\nendstream', 'latin1'),
	]);
}

/** What a page draws besides its text, in the operators of the file format; y from the bottom of the page. */
export function dot(x: number, y: number, size = 3): string {
	return `${x} ${HEIGHT - y} ${size} ${size} re f`;
}

/** Borders of a table: a line at each of the places. */
export function borders(xs: number[], ys: number[]): string {
	const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	return [
		...xs.map((x) => `${x} ${HEIGHT - bottom} 0.5 ${bottom - top} re f`),
		...ys.map((y) => `${left} ${HEIGHT - y} ${right - left} 0.5 re f`),
	].join('\n');
}

/** Characters of a font by their names, from code 1 on. */
export interface Glyphs {
	names: string[];
}

/**
 * A PDF without structure tree, of pages with text put at places.
 * @param drawn what is drawn on the pages besides
 * @param glyphs what the codes from 1 on stand for
 */
export function pdfFile(pages: Put[][], trailer = '', drawn: string[] = [], glyphs?: Glyphs): Uint8Array {
	const kids = pages.map((_, index) => `${5 + index * 2} 0 R`).join(' ');
	const encoding = glyphs
		? `<< /BaseEncoding /WinAnsiEncoding /Differences [1 ${glyphs.names.map((name) => `/${name}`).join(' ')}] >>`
		: '/WinAnsiEncoding';
	const font = (name: string): string => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding ${encoding} >>`;
	return assemble(
		[
			'<< /Type /Catalog /Pages 2 0 R >>',
			`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
			font('Courier'),
			font('Courier-Bold'),
			...pages.flatMap((page, index) => [
				`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + index * 2} 0 R >>`,
				stream(`${content(page)}\n${drawn[index] ?? ''}`),
			]),
		],
		trailer,
	);
}

/** Sets a text as a printer would: full lines from a left edge, at a leading. */
export function setText(
	text: string,
	at: { x: number; y: number; right?: number; size?: number; hang?: number },
): Put[] {
	const size = at.size ?? 10;
	const right = at.right ?? 540;
	const lines: Put[] = [];
	let [line, x] = ['', at.x];
	const room = (): number => Math.floor((right - x) / (EM * size));
	const flush = (): void => {
		lines.push({ text: line, x, y: at.y + lines.length * size * 1.2, size });
		line = '';
		x = at.x + (at.hang ?? 0);
	};
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > room()) flush();
		line = line === '' ? word : `${line} ${word}`;
	}
	flush();
	return lines;
}

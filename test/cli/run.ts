import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from '../../cli/main';

export const NOW = '2026-11-20T09:00:00.000Z';

export interface Outcome {
	code: number;
	out: string;
	err: string;
}

/** A folder with the given files. */
export function folderWith(files: Record<string, string | Uint8Array>): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
	for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
	return folder;
}

/** Runs one call of the command line as in the given folder, without colour. */
export async function run(folder: string, ...words: string[]): Promise<Outcome> {
	let [out, err] = ['', ''];
	const code = await main(words, {
		folder,
		now: () => NOW,
		out: (text) => (out += text),
		err: (text) => (err += text),
		style: (_style, text) => text,
	});
	return { code, out, err };
}

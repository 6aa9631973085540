import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const EXECUTABLES = [
	process.env['CHROMIUM_PATH'],
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
/** What a browser prints around pages when nobody turns it off. */
const HEAD =
	'<div style="font-size:8px;width:100%;margin:0 24px"><span class="date"></span> <span class="title" style="float:right"></span></div>';
const FOOT =
	'<div style="font-size:8px;width:100%;margin:0 24px"><span class="url"></span> <span style="float:right"><span class="pageNumber"></span>/<span class="totalPages"></span></span></div>';

/** Size of the paper, margins, head and foot. */
export type PdfOptions = NonNullable<Parameters<Page['pdf']>[0]>;

const AS_BROWSERS_PRINT: PdfOptions = {
	margin: { top: '48px', bottom: '48px', left: '40px', right: '40px' },
	displayHeaderFooter: true,
	headerTemplate: HEAD,
	footerTemplate: FOOT,
};

const CACHE = path.join(tmpdir(), 'contract-provisioning-pdf');

/** Prints pages to PDF with Chromium, heads and feet included; what was printed once is kept in the temporary folder. */
export class Printer {
	private constructor(private readonly browser: Browser) {}

	/** @throws where no Chromium is installed */
	static async open(): Promise<Printer> {
		const executablePath = EXECUTABLES.find((file) => file !== undefined && existsSync(file));
		if (executablePath === undefined) {
			throw new Error('Chromium is missing: install it (apt-get install chromium), or name it in CHROMIUM_PATH.');
		}
		mkdirSync(CACHE, { recursive: true });
		return new Printer(await chromium.launch({ executablePath, args: FLAGS }));
	}

	/** @param tagged with the structure tree that browsers write for screen readers, or without */
	async print(html: string, tagged: boolean, options = AS_BROWSERS_PRINT): Promise<Uint8Array> {
		const key = createHash('sha256').update(JSON.stringify([this.browser.version(), options, tagged, html]));
		const file = path.join(CACHE, `${key.digest('hex')}.pdf`);
		if (!existsSync(file)) {
			// Another run may print the same page at the same time: neither ever sees half a file.
			const fresh = `${file}.${process.pid}`;
			writeFileSync(fresh, await this.#render(html, { ...options, tagged }));
			renameSync(fresh, file);
		}
		return Uint8Array.from(readFileSync(file));
	}

	async #render(html: string, options: PdfOptions): Promise<Uint8Array> {
		const page = await this.browser.newPage();
		try {
			await page.setContent(html);
			return await page.pdf(options);
		} finally {
			await page.close();
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

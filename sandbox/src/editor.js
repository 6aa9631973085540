'use strict';
// The n8n editor in a real browser, signed in as the owner: for looking at what an ops person sees.

const { chromium } = require('playwright-core');

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const NODE = '[data-test-id="canvas-node"]';
const STICKY = '[data-test-id="sticky"]';
/** Editor furniture that covers the canvas and has no place in a picture of the workflow. */
const OVERLAYS = ['canvas-controls', 'execute-workflow-button', 'canvas-minimap', 'logs-panel', 'nps-survey-modal'];
const PANEL = '[data-test-id="ndv"]';
/** Room for the names below the lowest nodes. */
const MARGIN = 36;

/**
 * What the canvas shows of one node. `hasIcon`: the icon is there and has loaded (n8n shows a question mark for a type
 * that it doesn't know). `isMissing`: n8n's mark for a node whose package is not installed.
 *
 * @typedef {{ name: string, type: string, hasIcon: boolean, isMissing: boolean }} ShownNode
 */

class Editor {
	/** @param {import('playwright-core').Browser} browser @param {import('playwright-core').Page} page @param {string} url */
	constructor(browser, page, url) {
		this.browser = browser;
		this.page = page;
		this.url = url;
	}

	/** @param {Pick<import('./environment.js').Environment, 'n8n' | 'session'>} environment @returns {Promise<Editor>} */
	static async open({ n8n, session }) {
		const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
		const context = await browser.newContext({ viewport: { width: 1800, height: 1000 }, deviceScaleFactor: 1.5 });
		await context.addCookies([{ ...session.cookie, url: n8n.url, httpOnly: true }]);
		return new Editor(browser, await context.newPage(), n8n.url);
	}

	/**
	 * Opens a workflow and waits until all its nodes are drawn and every icon has loaded or failed to.
	 *
	 * @param {string} id @param {number} nodeCount without sticky notes
	 */
	async showWorkflow(id, nodeCount) {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page
			.locator(NODE)
			.nth(nodeCount - 1)
			.waitFor({ state: 'attached' });
		await this.page.locator('[data-test-id="zoom-to-fit"]').click();
		await this.#settled();
	}

	/** @returns {Promise<ShownNode[]>} */
	async shownNodes() {
		return await this.page.locator(NODE).evaluateAll((elements) =>
			elements.map((element) => {
				const icon = element.querySelector('.n8n-node-icon');
				const image = icon?.querySelector('img');
				return {
					name: element.getAttribute('data-node-name') ?? '',
					type: element.getAttribute('data-node-type') ?? '',
					hasIcon: image ? image.complete && image.naturalWidth > 0 : Boolean(icon?.querySelector('svg')),
					isMissing: element.querySelector('[data-test-id="node-not-installed"]') !== null,
				};
			}),
		);
	}

	/** @returns {Promise<number>} sticky notes on the canvas */
	async shownStickies() {
		return await this.page.locator(STICKY).count();
	}

	/** @returns {Promise<Array<{ name: string, left: number, top: number, right: number, bottom: number }>>} in pixels, with their names below */
	async nodeBoxes() {
		return await this.page.locator(NODE).evaluateAll((elements) =>
			elements.map((element) => {
				const parts = [
					element,
					...element.querySelectorAll('[data-test-id="canvas-default-node"], [data-test-id="canvas-trigger-node"]'),
				];
				const rects = parts.map((part) => part.getBoundingClientRect());
				return {
					name: element.getAttribute('data-node-name') ?? '',
					left: Math.min(...rects.map((rect) => rect.left)),
					top: Math.min(...rects.map((rect) => rect.top)),
					right: Math.max(...rects.map((rect) => rect.right)),
					bottom: Math.max(...rects.map((rect) => rect.bottom)),
				};
			}),
		);
	}

	/**
	 * Opens the panel of one node, as a double click on it does, and waits until it is drawn.
	 *
	 * @param {string} name of the node
	 * @returns {Promise<{ parameters: number, issues: string[] }>} how many parameters it shows, and what n8n finds wrong
	 */
	async openNode(name) {
		await this.page.locator(`${NODE}[data-node-name=${JSON.stringify(name)}]`).dblclick();
		const panel = this.page.locator(PANEL);
		await panel.waitFor({ state: 'visible' });
		await panel.locator('[data-test-id="node-parameters"]').waitFor({ state: 'visible' });
		await this.#settled();
		return {
			parameters: await panel.locator('[data-test-id="node-parameters"] [data-test-id="parameter-item"]').count(),
			issues: await panel.locator('[data-test-id="parameter-issues"], [data-test-id="node-issues"]').allTextContents(),
		};
	}

	async closeNode() {
		await this.page.keyboard.press('Escape');
		await this.page.locator(PANEL).waitFor({ state: 'hidden' });
	}

	/** @param {string} file a .png of the whole window */
	async screenshot(file) {
		await this.page.screenshot({ path: file });
	}

	/** The workflow alone, cropped to its nodes and notes. @param {string} file a .png */
	async screenshotOfCanvas(file) {
		const hidden = OVERLAYS.map((id) => `[data-test-id="${id}"]`).join(', ');
		const style = await this.page.addStyleTag({ content: `${hidden} { visibility: hidden !important; }` });
		const boxes = await this.page
			.locator(`${NODE}, ${STICKY}`)
			.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
		const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
		const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
		const right = Math.max(...boxes.map((box) => box.right)) + MARGIN;
		const bottom = Math.max(...boxes.map((box) => box.bottom)) + MARGIN;
		await this.page.screenshot({ path: file, clip: { x: left, y: top, width: right - left, height: bottom - top } });
		await style.evaluate((element) => element.remove());
	}

	/**
	 * Opens a page beside the editor and keeps a picture of all of it.
	 *
	 * @param {string} url @param {string} file a .png @param {number} [width] of the window, in pixels
	 * @returns {Promise<{ text: string, contentWidth: number, refused: string[] }>} `refused`: what the browser complained about
	 */
	async showPage(url, file, width = 900) {
		const page = await this.page.context().newPage();
		const refused = [];
		page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
		try {
			await page.setViewportSize({ width, height: 900 });
			await page.goto(url);
			await page.screenshot({ path: file, fullPage: true });
			const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
			return { text: await page.locator('body').innerText(), contentWidth, refused };
		} finally {
			await page.close();
		}
	}

	/** Waits for pictures and for animations that end. */
	async #settled() {
		await this.page.waitForFunction(() => [...document.images].every((image) => image.complete));
		await this.page.evaluate(() =>
			Promise.all(
				document
					.getAnimations()
					.filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
					.map(({ finished }) => finished.catch(() => {})),
			),
		);
	}

	async close() {
		await this.browser.close();
	}
}

module.exports = { Editor };

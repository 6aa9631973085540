'use strict';
// Draws a workflow file: nodes on a grid, wires between them, notes around groups of nodes. The same drawing gives the
// same file to the byte, ids included, so that a file never changes without a reason.

const { createHash } = require('node:crypto');

const OURS = 'n8n-nodes-contract-provisioning';
const BASE = 'n8n-nodes-base';
const COLUMN = 220;
const ROW = 180;
const NODE = 96;
const YELLOW = 1;
const GREY = 7;
/** Height of a line of words, and what lies between two notes. */
const LINE = 22;
const GAP = 40;
/** Room that a section leaves around its nodes: above for its words, below for the nodes' names. */
const AROUND = { left: 50, right: 50, above: 110, below: 90 };

/**
 * @typedef {object} NodeOptions
 * @property {string} [note] what to do with the node, for people
 * @property {boolean} [webhook] whether the node listens
 * @property {boolean} [once] whether it runs for the first item only
 */

/** One workflow being drawn. */
class Canvas {
	#nodes = [];
	#stickies = [];
	/** @type {Map<string, Array<Array<{ node: string, type: string, index: number }>>>} */
	#wires = new Map();

	/** @param {{ id: string, name: string }} workflow `id` stays the same for ever */
	constructor({ id, name }) {
		this.id = id;
		this.name = name;
	}

	/**
	 * @param {string} name
	 * @param {[number, number]} place column and row of the grid
	 * @param {[type: string, version: number]} type ours where the name has no dot, e.g. `scim`; n8n's own e.g. `base.set`
	 * @param {object} parameters
	 * @param {NodeOptions} [options]
	 */
	node(name, [column, row], [type, typeVersion], parameters, { note, webhook, once } = {}) {
		if (this.#nodes.some((node) => node.name === name)) throw new Error(`"${name}" is there already.`);
		this.#nodes.push({
			parameters,
			id: this.#uuid(name),
			name,
			type: type.startsWith('base.') ? `${BASE}.${type.slice('base.'.length)}` : `${OURS}.${type}`,
			typeVersion,
			position: [column * COLUMN, row * ROW],
			...(webhook ? { webhookId: this.#uuid(`${name} webhook`) } : {}),
			...(once ? { executeOnce: true } : {}),
			...(note === undefined ? {} : { notes: note, notesInFlow: false }),
		});
		return name;
	}

	/** Leads output `output` of a node to other nodes. */
	wire(from, output, ...targets) {
		const outputs = this.#wires.get(from) ?? [];
		this.#wires.set(from, outputs);
		while (outputs.length <= output) outputs.push([]);
		for (const node of targets) outputs[output]?.push({ node, type: 'main', index: 0 });
	}

	/** A grey note behind the nodes that it names, which says what they do together. */
	section(title, text, names) {
		const nodes = names.map((name) => this.#find(name));
		const [xs, ys] = [0, 1].map((axis) => nodes.map(({ position }) => position[axis]));
		const left = Math.min(...xs) - AROUND.left;
		const top = Math.min(...ys) - AROUND.above;
		this.#sticky(`Section: ${title}`, `### ${title}\n${text}`, GREY, [left, top], {
			width: Math.max(...xs) + NODE + AROUND.right - left,
			height: Math.max(...ys) + NODE + AROUND.below - top,
		});
	}

	/** The yellow note that somebody reads first, above the first section and as high as its text. */
	overview(text, { width }) {
		const lines = text.split('\n').reduce((sum, line) => sum + Math.max(0.5, Math.ceil(line.length / (width / 7))), 0);
		const height = Math.round(lines * LINE) + 90;
		const position = [-AROUND.left, -AROUND.above - GAP - height];
		this.#sticky('Overview', `## ${this.name}\n\n${text}`, YELLOW, position, { width, height });
	}

	#sticky(name, content, color, position, { width, height }) {
		this.#stickies.push({
			parameters: { content, height, width, color },
			id: this.#uuid(name),
			name,
			type: `${BASE}.stickyNote`,
			typeVersion: 1,
			position,
		});
	}

	#find(name) {
		const found = this.#nodes.find((node) => node.name === name);
		if (found === undefined) throw new Error(`Workflow "${this.name}" has no node "${name}".`);
		return found;
	}

	/** Ids are made from names: an id that changed would be another node to n8n. */
	#uuid(name) {
		const hex = createHash('sha256').update(`${this.id}\n${name}`).digest('hex');
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
	}

	/** @returns {string} the file */
	toFile() {
		const connections = {};
		for (const [from, main] of this.#wires) {
			this.#find(from);
			for (const { node } of main.flat()) this.#find(node);
			connections[from] = { main };
		}
		const workflow = {
			id: this.id,
			name: this.name,
			active: false,
			nodes: [...this.#stickies, ...this.#nodes],
			connections,
			settings: { executionOrder: 'v1' },
			pinData: {},
			meta: { templateCredsSetupCompleted: false },
			tags: [],
		};
		return `${JSON.stringify(workflow, null, '\t')}\n`;
	}
}

module.exports = { Canvas };

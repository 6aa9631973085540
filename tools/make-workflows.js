'use strict';
// Draws the example workflows about people and contracts over time. Run after editing tools/workflows or sandbox/demo:
// node tools/make-workflows.js. A test tells when it was forgotten.

const { writeFileSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.resolve(__dirname, '..', 'workflows');
const NAMES = [
	'joiner',
	'mover-with-overlap',
	'leaver-with-verification',
	'contract-end',
	'amendment-reversed',
	'heartbeat',
	'take-over-an-application',
];

/** @returns {Array<{ name: string, file: string, text: string }>} every drawn workflow, as its file has to be */
function drawnWorkflows() {
	return NAMES.map((name) => ({
		name,
		file: path.join(FOLDER, `${name}.json`),
		text: require(`./workflows/${name}.js`).draw().toFile(),
	}));
}

if (require.main === module) for (const { file, text } of drawnWorkflows()) writeFileSync(file, text);

module.exports = { drawnWorkflows };

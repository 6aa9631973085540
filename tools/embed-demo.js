'use strict';
// Writes the demo policy and the demo amendment into the example workflow, whose sample data must be the same as what the
// main job sends. Run after editing sandbox/demo: node tools/embed-demo.js. A test tells when it was forgotten.

const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const WORKFLOW = path.join(ROOT, 'workflows', 'contract-amendment-to-access.json');
const { amendedEvent } = require('../sandbox/src/demo.js');

/** The workflow's text as it has to be. */
function withDemo(text) {
	const workflow = JSON.parse(text);
	const node = (name) => {
		const found = workflow.nodes.find((candidate) => candidate.name === name);
		if (found === undefined) throw new Error(`The workflow has no node "${name}".`);
		return found;
	};
	node('Sample Amendment').parameters.jsonOutput = `${JSON.stringify(amendedEvent(), null, 2)}\n`;
	const policy = readFileSync(path.join(ROOT, 'sandbox', 'demo', 'policy.yaml'), 'utf8');
	node('Settings').parameters.assignments.assignments.find(({ name }) => name === 'policy').value = policy;
	return `${JSON.stringify(workflow, null, '\t')}\n`;
}

if (require.main === module) writeFileSync(WORKFLOW, withDemo(readFileSync(WORKFLOW, 'utf8')));

module.exports = { WORKFLOW, withDemo };

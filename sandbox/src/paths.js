'use strict';
// Where the sandbox keeps things. Everything it makes lies under sandbox/.run, which may be deleted at any time.

const path = require('node:path');

const SANDBOX = path.resolve(__dirname, '..');
const ROOT = path.resolve(SANDBOX, '..');
const RUN = path.join(SANDBOX, '.run');

module.exports = {
	ROOT,
	SANDBOX,
	RUN,
	DEMO: path.join(SANDBOX, 'demo'),
	WORKFLOWS: path.join(ROOT, 'workflows'),
	N8N_BIN: path.join(SANDBOX, 'node_modules', 'n8n', 'bin', 'n8n'),
	/** @param {string} name one instance, e.g. `start` or `e2e` @returns {string} its folder */
	runFolder: (name) => path.join(RUN, name),
};

'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

/**
 * One folder for all that a test run writes to the temporary directory, removed when the run ends: the ledgers of
 * a full run are thousands of folders. The workers inherit TMPDIR, since they are started after this.
 */
module.exports = async function makeRunFolder() {
	if (globalThis.testRunFolder !== undefined) return;
	globalThis.testRunFolder = mkdtempSync(path.join(tmpdir(), 'contract-provisioning-test-'));
	process.env.TMPDIR = globalThis.testRunFolder;
};

module.exports.remove = () => {
	if (globalThis.testRunFolder === undefined) return;
	rmSync(globalThis.testRunFolder, { recursive: true, force: true, maxRetries: 3 });
	globalThis.testRunFolder = undefined;
};

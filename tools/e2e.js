#!/usr/bin/env node
'use strict';
// `npm run test:e2e`: the packed package in a real n8n, over HTTP and in Chromium.

const { build } = require('./command.js');
const { runJest } = require('./jest.js');
const { ensureN8n } = require('../sandbox/src/n8n-install.js');

async function main() {
	await build();
	await ensureN8n();
	process.exitCode = await runJest(['e2e'], ['--runInBand', ...process.argv.slice(2)]);
}

main().catch((error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

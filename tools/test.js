#!/usr/bin/env node
'use strict';
// `npm test`: builds first, since worker threads and the packed nodes run from dist/, then unit and engine tests.

const { build } = require('./command.js');
const { runJest } = require('./jest.js');

async function main() {
	await build();
	process.exitCode = await runJest(['unit', 'engine'], process.argv.slice(2));
}

void main();

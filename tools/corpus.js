#!/usr/bin/env node
'use strict';
// `npm run test:corpus`: the diff over every real contract pair, where the corpus is present.

const { build } = require('./command.js');
const { runJest } = require('./jest.js');

async function main() {
	await build();
	process.exitCode = await runJest(['corpus'], process.argv.slice(2));
}

void main();

#!/usr/bin/env node
'use strict';
// `npm run bench -- NAME`: one benchmark of bench/, ours and its peers in one process tree.

const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { ROOT, build, runScript } = require('./command.js');

const BENCH = path.join(ROOT, 'bench');

function names() {
	if (!existsSync(BENCH)) return [];
	return readdirSync(BENCH)
		.filter((file) => file.endsWith('.js'))
		.map((file) => path.basename(file, '.js'))
		.sort();
}

async function main() {
	const [name, ...args] = process.argv.slice(2);
	if (!names().includes(name)) {
		const wrong = name === undefined ? 'Which benchmark?' : `There is no benchmark "${name}".`;
		process.stderr.write(
			`${wrong} npm run bench -- NAME, where NAME is one of: ${names().join(', ') || '(none yet)'}\n`,
		);
		process.exitCode = 2;
		return;
	}
	await build();
	process.exitCode = await runScript(`bench/${name}.js`, args);
}

void main();

#!/usr/bin/env node
'use strict';
// `npm run check`: format, lint, types, room boundaries. All steps run, so that one look shows everything to mend.

const { existsSync } = require('node:fs');
const path = require('node:path');
const { ROOT, captureScript, seconds } = require('./command.js');

const SOURCES = ['core', 'nodes', 'credentials', 'cli'];

/** Only folders that exist: a tool that is given a missing folder fails instead of finding nothing. */
const present = (folders) => folders.filter((folder) => existsSync(path.join(ROOT, folder)));

const STEPS = [
	{ name: 'format', script: 'node_modules/prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
	{ name: 'lint', script: 'node_modules/eslint/bin/eslint.js', args: ['--max-warnings=0', '.'] },
	{ name: 'types', script: 'node_modules/typescript/bin/tsc', args: ['-p', '.', '--noEmit'] },
	{ name: 'types (tests)', script: 'node_modules/typescript/bin/tsc', args: ['-p', 'tsconfig.test.json'] },
	{
		name: 'boundaries',
		script: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
		args: ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...present(SOURCES)],
	},
];

async function main() {
	const wanted = process.argv.slice(2);
	const steps = wanted.length === 0 ? STEPS : STEPS.filter((step) => wanted.includes(step.name));
	let failed = 0;
	for (const { name, script, args } of steps) {
		const started = performance.now();
		const { code, output } = await captureScript(script, args);
		if (code !== 0) failed += 1;
		process.stdout.write(
			`${name.padEnd(16)} ${code === 0 ? 'ok   ' : 'FAIL '} ${seconds(performance.now() - started)}\n`,
		);
		if (code !== 0) process.stdout.write(`${output.trimEnd()}\n\n`);
	}
	process.stdout.write(failed === 0 ? 'All checks passed.\n' : `${failed} of ${steps.length} checks failed.\n`);
	process.exitCode = failed === 0 ? 0 : 1;
}

void main();

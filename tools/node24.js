#!/usr/bin/env node
// Runs a script under Node 24 or newer, whatever Node started this file: n8n 2.41 and node:sqlite need it.
// npm's own pre/post scripts don't run under ignore-scripts, hence a launcher instead of a "prepare" step.
// Plain JavaScript for old Nodes: no dependency, no new syntax.
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const NEEDED_MAJOR = 24;

function node24() {
	if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
	const binary = path.join(root, 'node_modules', 'node', 'bin', 'node');
	if (!existsSync(binary)) {
		process.stderr.write(
			`Node ${process.versions.node} is older than ${NEEDED_MAJOR}: unpacking Node ${NEEDED_MAJOR} from the npm package "node" …\n`,
		);
		const npm = spawnSync('npm', ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], {
			cwd: root,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		if (npm.status !== 0 || !existsSync(binary)) {
			process.stderr.write(
				`Node ${NEEDED_MAJOR} could not be unpacked. Run "npm ci" first, or install Node ${NEEDED_MAJOR} yourself.\n`,
			);
			process.exit(1);
		}
	}
	return binary;
}

const node = node24();
const [script, ...args] = process.argv.slice(2);
if (!script) {
	process.stderr.write('usage: node tools/node24.js SCRIPT [ARG …]\n');
	process.exit(2);
}
const child = spawn(node, [path.resolve(root, script), ...args], {
	stdio: 'inherit',
	cwd: process.cwd(),
	env: {
		...process.env,
		PATH: [path.dirname(node), path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
	},
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));

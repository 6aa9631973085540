'use strict';
// Running the project's own commands one after the other, with their time.

const { spawn } = require('node:child_process');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');

/**
 * Runs a Node script of a dev dependency with this Node and waits for it.
 *
 * @param {string} script path relative to the project root
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the exit code (143 when it was killed)
 */
function runScript(script, args, options = {}) {
	const child = spawn(process.execPath, [path.join(ROOT, script), ...args], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, ...options.env },
	});
	const forward = (signal) => child.kill(signal);
	process.on('SIGINT', forward);
	process.on('SIGTERM', forward);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code) => {
			process.off('SIGINT', forward);
			process.off('SIGTERM', forward);
			resolve(code ?? 143);
		});
	});
}

/**
 * Runs a Node script and keeps its output, for steps whose output only matters when they fail.
 *
 * @param {string} script path relative to the project root
 * @param {string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function captureScript(script, args) {
	const child = spawn(process.execPath, [path.join(ROOT, script), ...args], { cwd: ROOT });
	const chunks = [];
	child.stdout.on('data', (chunk) => chunks.push(chunk));
	child.stderr.on('data', (chunk) => chunks.push(chunk));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? 143, output: Buffer.concat(chunks).toString('utf8') }));
	});
}

/** @param {number} ms @returns {string} e.g. `12.3 s` */
function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}

/** Builds dist/ with Gulp; the output is shown only when the build fails, since every command starts with it. */
async function build() {
	const started = performance.now();
	const { code, output } = await captureScript('node_modules/gulp/bin/gulp.js', ['build']);
	if (code !== 0) {
		process.stderr.write(`${output}\nThe build failed.\n`);
		process.exit(code);
	}
	process.stdout.write(`build            ok    ${seconds(performance.now() - started)}\n`);
}

module.exports = { ROOT, build, captureScript, runScript, seconds };

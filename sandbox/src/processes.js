'use strict';
// Child processes that are sure to end: each long-lived one leads a process group of its own, and whatever is still
// running when we exit is killed with its whole group.

const { spawn } = require('node:child_process');

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => {
	for (const child of running) signalGroup(child, 'SIGKILL');
});

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has ended already.
	}
}

/**
 * Starts a long-lived process in a group of its own.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function startGroup(command, args, options) {
	const child = spawn(command, args, { ...options, detached: true });
	running.add(child);
	child.on('exit', () => running.delete(child));
	return child;
}

/**
 * Ends a process group: asks, waits, then insists.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} [graceMs]
 */
async function stopGroup(child, graceMs = 8_000) {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	signalGroup(child, 'SIGTERM');
	const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
	await ended;
	clearTimeout(insist);
	signalGroup(child, 'SIGKILL'); // grandchildren that outlived their parent
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<string>} its standard output
 * @throws {Error} with the end of its output when it fails
 */
function run(command, args, { cwd, env = process.env, onLine }) {
	const child = startGroup(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '';
	let all = '';
	const collect = (chunk, isOutput) => {
		const text = chunk.toString('utf8');
		if (isOutput) out += text;
		all = (all + text).slice(-4_000);
		const line = text.trim().split('\n').at(-1)?.trim();
		if (line && onLine) onLine(line.slice(0, 100));
	};
	child.stdout?.on('data', (chunk) => collect(chunk, true));
	child.stderr?.on('data', (chunk) => collect(chunk, false));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code === 0) resolve(out);
			else
				reject(
					new Error(`"${[command, ...args].join(' ')}" failed (${signal ?? `exit code ${code}`}):\n${all.trim()}`),
				);
		});
	});
}

/**
 * The environment for an npm of its own: without what an outer `npm run` or this project's .npmrc put there,
 * so that it behaves as it would for somebody else. Registry, proxy and cache settings stay.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function npmEnvironment() {
	const leaked =
		/^npm_(package|lifecycle|command|execpath|node_execpath)|^npm_config_(local_prefix|prefix|ignore_scripts|legacy_peer_deps|save_exact|once|workspace)|^INIT_CWD$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !leaked.test(name)));
}

module.exports = { npmEnvironment, run, startGroup, stopGroup };

'use strict';
// Brings n8n into sandbox/node_modules when it is missing. It takes minutes the first time and nothing afterwards.

const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');
const { readFile, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { N8N_BIN, SANDBOX } = require('./paths.js');
const { npmEnvironment, run } = require('./processes.js');
const { step } = require('./progress.js');

// Written last: an installation that was interrupted has no marker and is made again.
const MARKER = path.join(SANDBOX, 'node_modules', '.sandbox-installed');

/** Version of n8n that the lockfile asks for, and what identifies the whole installation. */
async function wanted() {
	const lock = await readFile(path.join(SANDBOX, 'package-lock.json'));
	const version = JSON.parse(lock.toString('utf8')).packages['node_modules/n8n'].version;
	return { version, mark: `${version} ${createHash('sha256').update(lock).digest('hex')}\n` };
}

/** True when n8n of the wanted version lies there whole, also when it was installed by hand and has no marker yet. */
async function isInstalled({ version, mark }) {
	if (!existsSync(N8N_BIN)) return false;
	if (existsSync(MARKER)) return (await readFile(MARKER, 'utf8')) === mark;
	const manifest = JSON.parse(await readFile(path.join(SANDBOX, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	return manifest.version === version && sqliteLoads();
}

/** The one native part is compiled after `npm ci`: if it loads, the recipe ran to its end. */
function sqliteLoads() {
	return existsSync(path.join(SANDBOX, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'));
}

/**
 * Makes sure that n8n is there; shows progress on standard output when it has to install it.
 *
 * @returns {Promise<string>} its version
 */
async function ensureN8n() {
	const target = await wanted();
	if (!(await isInstalled(target))) await install(target.version);
	await writeFile(MARKER, target.mark);
	return target.version;
}

async function install(version) {
	const env = npmEnvironment();
	await step(`Installing n8n ${version} (2 GB, once)`, (note) =>
		run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
			cwd: SANDBOX,
			env,
			onLine: (line) => noteIfAny(note, fetched(line)),
		}).then(() => note('')),
	);
	await step('Compiling its SQLite driver', (note) =>
		run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: SANDBOX,
			env,
			onLine: (line) => noteIfAny(note, compiled(line)),
		}).then(() => note('')),
	);
	if (!existsSync(N8N_BIN) || !sqliteLoads()) {
		throw new Error('n8n was installed but is not whole. Delete sandbox/node_modules and start again.');
	}
}

function noteIfAny(note, text) {
	if (text !== '') note(text);
}

/** What npm fetches, e.g. `luxon-3.7.2.tgz`; its other lines say nothing to somebody who waits. */
function fetched(line) {
	const [, url] = /fetch GET \d+ (\S+)/.exec(line) ?? [];
	return url === undefined ? '' : path.posix.basename(url).replace(/%2f/i, '/');
}

/** The file in hand, e.g. `sqlite3.o`, without the compiler's remarks on it. */
function compiled(line) {
	const [, file] = /^[A-Z_]+\(target\) (\S+)/.exec(line) ?? [];
	return file === undefined ? '' : path.basename(file);
}

module.exports = { ensureN8n };

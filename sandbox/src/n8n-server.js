'use strict';
// One n8n process with a user folder, ports and a log of its own.

const { mkdir, open, readFile } = require('node:fs/promises');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { freePorts } = require('./free-port.js');
const { N8N_BIN } = require('./paths.js');
const { startGroup, stopGroup } = require('./processes.js');

const START_LIMIT_MS = 180_000;
const LOG_TAIL_LINES = 25;

/**
 * @typedef {object} N8nServer
 * @property {string} url e.g. `http://127.0.0.1:41233`, without a slash at the end
 * @property {string} userFolder what N8N_USER_FOLDER points at; n8n keeps its things in `.n8n` below
 * @property {string} logFile
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} restart same folder, same ports
 */

/**
 * What n8n needs to know to run quietly, alone and offline.
 *
 * @param {string} userFolder
 * @param {number} port
 * @param {number} brokerPort the task runners' broker; two n8n on one host need two
 * @returns {NodeJS.ProcessEnv}
 */
function n8nEnvironment(userFolder, port, brokerPort) {
	// Jest's NODE_ENV=test, too, would make another n8n of it.
	const foreign = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|WEBHOOK_URL$|npm_|NODE_OPTIONS$|NODE_ENV$|JEST_)/;
	const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	return {
		...Object.fromEntries(inherited),
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// Neither asks the internet for what the sandbox doesn't use.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		// Publishing is queued; the default looks into the queue every 15 s.
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '250',
		// Where the demo's customer sits; approval pages and the editor show its time.
		GENERIC_TIMEZONE: 'Europe/Berlin',
	};
}

/**
 * Starts n8n and waits until it is ready to serve.
 *
 * @param {{ folder: string, env?: NodeJS.ProcessEnv }} options `folder`: holds the user folder and the log
 * @returns {Promise<N8nServer>}
 * @throws {Error} with the end of n8n's log when it does not come up
 */
async function startN8n({ folder, env = {} }) {
	const [port, brokerPort] = await freePorts(2);
	const userFolder = userFolderOf(folder);
	const logFile = path.join(folder, 'n8n.log');
	await mkdir(userFolder, { recursive: true });
	const environment = { ...n8nEnvironment(userFolder, port, brokerPort), ...env };
	const url = `http://127.0.0.1:${port}`;
	let child = await launch(environment, url, logFile);
	return {
		url,
		userFolder,
		logFile,
		stop: () => stopGroup(child),
		async restart() {
			await stopGroup(child);
			child = await launch(environment, url, logFile);
		},
	};
}

/** @param {string} folder an instance's folder @returns {string} n8n's user folder in it */
function userFolderOf(folder) {
	return path.join(folder, 'n8n');
}

async function launch(env, url, logFile) {
	// n8n writes into the file itself: what it says last, before it dies, is there when we look.
	const log = await open(logFile, 'a');
	const child = startGroup(process.execPath, [N8N_BIN, 'start'], { env, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	try {
		await waitUntilReady(child, url);
	} catch (error) {
		await stopGroup(child);
		throw new Error(`${error.message} The end of ${logFile}:\n${await tail(logFile)}`);
	}
	return child;
}

async function waitUntilReady(child, url) {
	const deadline = Date.now() + START_LIMIT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) throw new Error(`n8n ended with exit code ${child.exitCode} before it was ready.`);
		const ready = await fetch(`${url}/healthz/readiness`).then(
			(response) => response.ok,
			() => false,
		);
		if (ready && (await restAnswers(url))) return;
		await sleep(150);
	}
	throw new Error(`n8n was not ready after ${START_LIMIT_MS / 1000} s.`);
}

/** Readiness turns green before the REST routes are mounted; until then they answer with the editor's HTML or 404. */
async function restAnswers(url) {
	const response = await fetch(`${url}/rest/settings`).catch(() => undefined);
	return response?.ok === true && (response.headers.get('content-type') ?? '').includes('json');
}

/** @param {string} logFile @returns {Promise<string>} its last lines */
async function tail(logFile) {
	const text = await readFile(logFile, 'utf8').catch(() => '(no log)');
	return text.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

module.exports = { startN8n, tail, userFolderOf };

// The same creations by an n8n workflow of HTTP Request nodes, in the sandbox's n8n where that is installed.
'use strict';
const { execFile } = require('node:child_process');
const { existsSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const run = promisify(execFile);
const N8N_BIN = path.join(__dirname, '../../sandbox/node_modules/n8n/bin/n8n');
const LIMIT_MS = 900_000;

/** Trigger → one item a person → HTTP Request, as a user would build it: n8n sends as many at once as it is told. */
function workflow(baseUrl, users, concurrency) {
	const node = (name, type, typeVersion, parameters, column) => ({
		id: name.toLowerCase().replaceAll(' ', '-'),
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [column * 200, 0],
		parameters,
	});
	const nodes = [
		node('Start', 'manualTrigger', 1, {}, 0),
		node('People', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ people: users }), options: {} }, 1),
		node('Each', 'splitOut', 1, { fieldToSplitOut: 'people', options: {} }, 2),
		node(
			'Create User',
			'httpRequest',
			4.2,
			{
				method: 'POST',
				url: `${baseUrl}/Users`,
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'authorization', value: 'Bearer bench' }] },
				sendBody: true,
				contentType: 'raw',
				rawContentType: 'application/scim+json',
				body: '={{ JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"], ...$json, active: true }) }}',
				options: {
					batching: { batch: { batchSize: concurrency, batchInterval: 1 } },
					response: { response: { responseFormat: 'json' } },
				},
			},
			3,
		),
	];
	const link = (name) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const connections = { Start: link('People'), People: link('Each'), Each: link('Create User') };
	return { id: 'benchScimHttp01', name: 'bench', active: false, nodes, connections, settings: {} };
}

/** @returns {Promise<undefined | string>} why it could not be run */
async function runN8n(baseUrl, users, concurrency) {
	if (!existsSync(N8N_BIN)) return 'n8n is not installed in sandbox/ (npm run test:e2e installs it)';
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-n8n-'));
	const env = {
		...Object.fromEntries(
			Object.entries(process.env).filter(([name]) => !/^(N8N_|DB_|EXECUTIONS_|NODE_OPTIONS$)/.test(name)),
		),
		N8N_USER_FOLDER: folder,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_RUNNERS_BROKER_PORT: '0',
		N8N_SSRF_PROTECTION_ENABLED: 'false',
	};
	const call = (...words) => run(process.execPath, [N8N_BIN, ...words], { env, timeout: LIMIT_MS, maxBuffer: 1e9 });
	try {
		const file = path.join(folder, 'workflow.json');
		writeFileSync(file, JSON.stringify(workflow(baseUrl, users, concurrency)));
		await call('import:workflow', `--input=${file}`);
		await call('execute', '--id=benchScimHttp01');
		return undefined;
	} catch (error) {
		return `n8n could not run the workflow: ${String(error.stderr || error.message)
			.trim()
			.slice(-300)}`;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

module.exports = { runN8n };

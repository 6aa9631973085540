'use strict';
// One whole installation to try things on: two SCIM applications full of people, an n8n with our package, its owner,
// credentials, and the example workflow, published. The main job and the end-to-end tests both start here.

const { randomBytes } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync } = require('node:fs');
const path = require('node:path');
const { sendEvent } = require('./contract-system.js');
const { people } = require('./demo.js');
const { N8nSession, newOwner } = require('./n8n-api.js');
const { startN8n, userFolderOf } = require('./n8n-server.js');
const { installPackage } = require('./package-install.js');
const { WORKFLOWS, runFolder } = require('./paths.js');
const { step: announcedStep } = require('./progress.js');
const { startScimApplication } = require('./scim-server.js');

const WORKFLOW_FILE = 'contract-amendment-to-access.json';

/**
 * @typedef {import('./scim-server.js').ScimApplication} ScimApplication
 *
 * @typedef {object} Workflow
 * @property {string} id
 * @property {string} versionId
 * @property {string} name
 * @property {Array<{ id: string, name: string, type: string, parameters: Record<string, unknown> }>} nodes
 *
 * @typedef {object} Environment
 * @property {import('./n8n-server.js').N8nServer} n8n
 * @property {N8nSession} session signed in as the owner
 * @property {import('./n8n-api.js').Owner} owner
 * @property {Record<string, ScimApplication>} applications by the policy's names: `slack`, `github`
 * @property {Workflow} workflow as n8n keeps it
 * @property {string} secret of the contract system's signatures
 * @property {{ user: string, password: string }} forms who may submit the forms of example workflows
 * @property {string} webhookUrl where it sends its events
 * @property {(event: unknown) => Promise<{ status: number, body: string }>} sendEvent signed with the secret
 * @property {(file: string) => Promise<Workflow>} importExample puts another file of workflows/ into n8n, with credentials
 * @property {() => Promise<void>} stop everything that was started
 */

/**
 * Starts everything, from an empty user folder: an earlier run's ledger would know the event already.
 *
 * @param {{ name: string, write?: (line: string) => void }} options `name`: of the run folder
 * @returns {Promise<Environment>}
 */
async function startEnvironment({ name, write }) {
	const folder = runFolder(name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const step = (label, work) => announcedStep(label, work, write);
	/** @type {Array<() => Promise<void>>} */
	const stoppers = [];
	const stop = async () => {
		for (const stopper of stoppers.splice(0).reverse()) await stopper();
	};
	try {
		const applications = await step('Filling two SCIM applications with people', () => startApplications(stoppers));
		await step('Installing the package as n8n does', async (note) => {
			const { cached } = await installPackage(userFolderOf(folder));
			note(cached ? 'unchanged, from the cache' : '');
		});
		const n8n = await step('Starting n8n', () => startN8n({ folder }));
		stoppers.push(n8n.stop);
		const prepared = await step('Owner, credentials, workflow', () => prepareWorkflow(n8n, applications));
		return { n8n, applications, ...prepared, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** @returns {Promise<Record<string, ScimApplication>>} */
async function startApplications(stoppers) {
	const demo = people();
	const started = {};
	for (const [name, content] of Object.entries(demo.applications)) {
		const application = await startScimApplication(name);
		stoppers.push(() => application.stop());
		await application.seed(content, demo.people);
		started[name] = application;
	}
	return started;
}

async function prepareWorkflow({ url, logFile }, applications) {
	const owner = newOwner();
	const session = await N8nSession.setUp(url, owner);
	const secret = randomBytes(32).toString('base64url');
	const credentials = await createCredentials(session, secret, applications);
	const importExample = async (name) => {
		const file = JSON.parse(readFileSync(path.join(WORKFLOWS, name), 'utf8'));
		await refuseUnknownNodes(session, file.nodes, logFile);
		return session.importWorkflow(file, credentialsByNode(file.nodes, credentials));
	};
	const workflow = await importExample(WORKFLOW_FILE);
	await session.publish(workflow);
	const webhookUrl = webhookOf(url, workflow);
	const send = (event) => sendEvent(webhookUrl, secret, event);
	const { forms } = credentials;
	return { owner, session, secret, forms, workflow, webhookUrl, sendEvent: send, importExample };
}

/** n8n skips a package that it can't load and says so only in its log: better to stop here than at the first event. */
async function refuseUnknownNodes(session, nodes, logFile) {
	const known = new Set((await session.nodeTypes()).map(({ name }) => name));
	const unknown = [...new Set(nodes.map(({ type }) => type))].filter((type) => !known.has(type));
	if (unknown.length === 0) return;
	const log = readFileSync(logFile, 'utf8').split('\n');
	const start = log.findIndex((line) => line.startsWith('Failed to load package'));
	const reason = start < 0 ? `Its log ${logFile} says nothing about it.` : log.slice(start, start + 4).join('\n');
	throw new Error(`n8n does not know ${unknown.join(', ')}.\n${reason}`);
}

async function createCredentials(session, secret, applications) {
	const webhook = await session.createCredential('Contract system', 'contractWebhookSecretApi', { secret });
	const scim = {};
	for (const { name, baseUrl, token } of Object.values(applications)) {
		scim[name] = await session.createCredential(`SCIM ${name}`, 'scimBearerTokenApi', { baseUrl, token });
	}
	const forms = { user: 'sandbox', password: randomBytes(12).toString('base64url') };
	const form = await session.createCredential('Forms', 'httpBasicAuth', forms);
	return { webhook, scim, form, forms };
}

/** Trigger nodes get the sender's secret, forms a password, SCIM nodes the token of the application they name. */
function credentialsByNode(nodes, { webhook, scim, form }) {
	const assigned = {};
	for (const node of nodes) {
		if (/\.(?:contract|hris)Trigger$/.test(node.type)) assigned[node.name] = { contractWebhookSecretApi: webhook };
		if (node.type.endsWith('.formTrigger')) assigned[node.name] = { httpBasicAuth: form };
		if (!node.type.endsWith('.scim')) continue;
		const credential = scim[node.parameters.application];
		if (credential === undefined) {
			throw new Error(`Node "${node.name}" serves "${node.parameters.application}", and no such SCIM server runs.`);
		}
		assigned[node.name] = { scimBearerTokenApi: credential };
	}
	return assigned;
}

function webhookOf(url, workflow) {
	const trigger = workflow.nodes.find((node) => node.type.endsWith('.contractTrigger'));
	if (trigger === undefined) throw new Error(`Workflow "${workflow.name}" has no Contract Trigger.`);
	return `${url}/webhook/${trigger.parameters.path ?? 'contract-events'}`;
}

module.exports = { startEnvironment };

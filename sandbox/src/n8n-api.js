'use strict';
// What a person does in the editor, over the same REST calls the editor makes.

const { randomBytes } = require('node:crypto');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { SANDBOX } = require('./paths.js');

const PUBLISH_LIMIT_MS = 30_000;

/** @typedef {{ id: string, status: string, startedAt: string, data: any }} Execution */
/** @typedef {{ email: string, password: string, firstName: string, lastName: string }} Owner */

/** @returns {Owner} an owner for an instance that lives for one run; the password satisfies n8n's rules */
function newOwner() {
	return {
		email: 'owner@sandbox.example',
		password: `Sb1-${randomBytes(9).toString('base64url')}`,
		firstName: 'Sandbox',
		lastName: 'Owner',
	};
}

/** A signed-in session with one n8n. */
class N8nSession {
	#cookie = '';

	/** @param {string} url */
	constructor(url) {
		this.url = url;
	}

	/**
	 * Creates the instance's owner and signs in.
	 *
	 * @param {string} url
	 * @param {Owner} owner
	 */
	static async setUp(url, owner) {
		const session = new N8nSession(url);
		await session.#call('POST', '/rest/owner/setup', owner);
		await session.#call('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		return session;
	}

	/** The login cookie as `name` and `value`, for a browser that takes over this session. */
	get cookie() {
		const [name = '', value = ''] = this.#cookie.split('=', 2);
		return { name, value };
	}

	/**
	 * @param {string} name @param {string} type e.g. `scimBearerTokenApi` @param {Record<string, unknown>} data
	 * @returns {Promise<{ id: string, name: string }>}
	 */
	async createCredential(name, type, data) {
		const created = await this.#call('POST', '/rest/credentials', { name, type, data });
		return { id: created.id, name: created.name };
	}

	/**
	 * Imports a workflow and gives its nodes credentials, as a user does after importing a file.
	 *
	 * @param {any} workflow content of a workflow file
	 * @param {Record<string, Record<string, { id: string, name: string }>>} credentials by node name, then by type
	 */
	async importWorkflow(workflow, credentials) {
		const missing = Object.keys(credentials).filter((name) => !workflow.nodes.some((node) => node.name === name));
		if (missing.length > 0) {
			throw new Error(
				`Workflow "${workflow.name}" has no node called ${missing.map((name) => `"${name}"`).join(', ')}.`,
			);
		}
		const nodes = workflow.nodes.map((node) =>
			Object.hasOwn(credentials, node.name) ? { ...node, credentials: credentials[node.name] } : node,
		);
		return this.#call('POST', '/rest/workflows', { ...workflow, nodes });
	}

	/**
	 * Publishes a workflow and waits until its triggers listen: n8n queues the publication and answers before.
	 *
	 * @param {{ id: string, versionId: string }} workflow as `importWorkflow` answered
	 */
	async publish({ id, versionId }) {
		await this.#call('POST', `/rest/workflows/${id}/activate`, { versionId });
		const deadline = Date.now() + PUBLISH_LIMIT_MS;
		for (;;) {
			const { status, triggers } = await this.#call('GET', `/rest/workflows/${id}/publication-status`);
			if (status === 'published') return;
			const problems = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
			if (problems.length > 0 || Date.now() > deadline) {
				throw new Error(`Workflow ${id} could not be published (${status}). ${problems.join(' ')}`.trim());
			}
			await sleep(50);
		}
	}

	/**
	 * Runs a workflow as *Execute workflow* in the editor does, and waits until it has ended or waits for somebody.
	 *
	 * @param {{ id: string }} workflow @param {string} trigger name of the trigger node
	 * @returns {Promise<Execution>}
	 */
	async runManually({ id }, trigger) {
		const started = await this.#call('POST', `/rest/workflows/${id}/run`, { triggerToStartFrom: { name: trigger } });
		const before = (await this.executions(id)).filter((execution) => execution.id !== started.executionId).length;
		await this.settledExecutions(id, { count: before + 1 });
		return this.execution(started.executionId);
	}

	/** @returns {Promise<Array<{ name: string, version: number | number[], iconUrl?: unknown }>>} descriptions of all nodes n8n knows */
	async nodeTypes() {
		const response = await fetch(`${this.url}/types/nodes.json`, { headers: { cookie: this.#cookie } });
		if (!response.ok) throw new Error(`n8n answered ${response.status} to /types/nodes.json.`);
		return response.json();
	}

	/** @returns {Promise<Array<{ name: string }>>} */
	async credentialTypes() {
		const response = await fetch(`${this.url}/types/credentials.json`, { headers: { cookie: this.#cookie } });
		if (!response.ok) throw new Error(`n8n answered ${response.status} to /types/credentials.json.`);
		return response.json();
	}

	/** @param {string} workflowId @returns {Promise<Array<{ id: string, status: string }>>} newest first */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.#call('GET', `/rest/executions?filter=${filter}&limit=50`);
		return results;
	}

	/** @param {string} id @returns {Promise<Execution>} with the data of its nodes */
	async execution(id) {
		const execution = await this.#call('GET', `/rest/executions/${id}`);
		return { ...execution, data: typeof execution.data === 'string' ? parseFlatted(execution.data) : execution.data };
	}

	/**
	 * Waits until a workflow has the wanted number of executions and none of them is running.
	 *
	 * @param {string} workflowId
	 * @param {{ count: number, timeoutMs?: number }} expectation
	 * @returns {Promise<Array<{ id: string, status: string }>>} oldest first; waiting ones count as settled
	 */
	async settledExecutions(workflowId, { count, timeoutMs = 60_000 }) {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const executions = await this.executions(workflowId);
			const busy = executions.filter(({ status }) => ['new', 'running'].includes(status));
			if (executions.length >= count && busy.length === 0) return executions.reverse();
			if (Date.now() > deadline) {
				const seen = executions.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none';
				throw new Error(`Waited ${timeoutMs / 1000} s for ${count} finished executions; there are: ${seen}.`);
			}
			await sleep(50);
		}
	}

	/**
	 * Waits until one execution has ended, also when it waits for a decision that was just made.
	 *
	 * @param {string} id
	 * @param {number} [timeoutMs]
	 * @returns {Promise<Execution>}
	 */
	async endedExecution(id, timeoutMs = 30_000) {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const execution = await this.execution(id);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still "${execution.status}" after ${timeoutMs / 1000} s.`);
			}
			await sleep(50);
		}
	}

	/** @param {string} method @param {string} route @param {unknown} [body] @returns {Promise<any>} the answer's `data` */
	async #call(method, route, body) {
		const response = await fetch(`${this.url}${route}`, {
			method,
			headers: { 'content-type': 'application/json', ...(this.#cookie ? { cookie: this.#cookie } : {}) },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${method} ${route}: ${text.slice(0, 500)}`);
		for (const cookie of response.headers.getSetCookie()) {
			if (cookie.startsWith('n8n-auth=')) this.#cookie = cookie.split(';', 1)[0] ?? '';
		}
		return JSON.parse(text).data;
	}
}

/** Execution data travels in flatted's format; its reader is part of the n8n we installed. */
function parseFlatted(text) {
	return require(require.resolve('flatted', { paths: [path.join(SANDBOX, 'node_modules')] })).parse(text);
}

/**
 * Items that left a node in its last run.
 *
 * @param {{ data: any }} execution
 * @param {string} nodeName
 * @param {number} [output]
 * @returns {Array<Record<string, any>>} their JSON; empty when the node did not run or its output is empty
 */
function nodeOutput(execution, nodeName, output = 0) {
	const runs = execution.data?.resultData?.runData?.[nodeName] ?? [];
	return (runs.at(-1)?.data?.main?.[output] ?? []).map((item) => item.json);
}

/** @param {{ data: any }} execution @returns {string | undefined} what stopped it, in n8n's words */
function executionError(execution) {
	const error = execution.data?.resultData?.error;
	if (!error) return undefined;
	const where = error.node?.name ?? execution.data.resultData.lastNodeExecuted;
	return `${where ? `Node "${where}": ` : ''}${error.message}${error.description ? ` ${error.description}` : ''}`;
}

module.exports = { N8nSession, executionError, newOwner, nodeOutput };

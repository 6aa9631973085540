// The ceiling: one request a change over keep-alive connections, nothing else. Knows no errors, matches nothing, journals nothing.
'use strict';
const { Agent, request } = require('node:http');

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

function send(agent, method, url, body) {
	return new Promise((resolve, reject) => {
		const text = body === undefined ? undefined : JSON.stringify(body);
		const headers = {
			authorization: 'Bearer bench',
			accept: 'application/scim+json',
			...(text === undefined
				? {}
				: { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(text) }),
		};
		const outgoing = request(url, { method, agent, headers }, (answer) => {
			let content = '';
			answer.setEncoding('utf8');
			answer.on('data', (chunk) => (content += chunk));
			answer.on('end', () => {
				if (answer.statusCode >= 300) reject(new Error(`${method} ${url}: ${answer.statusCode} ${content}`));
				else resolve(JSON.parse(content));
			});
		});
		outgoing.on('error', reject);
		outgoing.end(text);
	});
}

async function each(items, width, work) {
	const queue = items[Symbol.iterator]();
	const worker = async () => {
		for (const item of queue) await work(item);
	};
	await Promise.all(Array.from({ length: width }, worker));
}

/** Creates everything; with `verified`, reads each entry back. */
async function bareLoop(baseUrl, { users, groups }, { concurrency, verified }) {
	const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
	const ids = new Map();
	const create = async (collection, body) => {
		const created = await send(agent, 'POST', `${baseUrl}/${collection}`, body);
		if (verified) await send(agent, 'GET', `${baseUrl}/${collection}/${encodeURIComponent(created.id)}`);
		return created;
	};
	try {
		await each(users, concurrency, async (user) => {
			const created = await create('Users', { schemas: [USER, ENTERPRISE], ...user, active: true });
			ids.set(user.externalId, created.id);
		});
		await each(groups, concurrency, async ({ displayName, members }) => {
			const value = members.map(({ externalId }) => ({ value: ids.get(externalId) }));
			await create('Groups', { schemas: [GROUP], displayName, members: value });
		});
	} finally {
		agent.destroy();
	}
}

module.exports = { bareLoop };

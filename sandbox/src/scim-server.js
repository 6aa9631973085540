'use strict';
// Starts and stops SCIM applications and talks to them as their administrator: fills them with people, reads them back.

const { fork } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const path = require('node:path');

const PROGRAM = path.join(__dirname, 'scim-application.js');
const PAGE = 100;
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/**
 * What an application holds, as a person would say it: accounts by e-mail, groups with the e-mails of their members.
 *
 * @typedef {object} Holdings
 * @property {Record<string, { active: boolean }>} accounts
 * @property {Record<string, string[]>} groups
 */

/** A running SCIM application. */
class ScimApplication {
	/** @param {string} name @param {import('node:child_process').ChildProcess} child @param {number} port @param {string} token */
	constructor(name, child, port, token) {
		this.name = name;
		this.child = child;
		this.baseUrl = `http://127.0.0.1:${port}/scim/v2`;
		this.token = token;
	}

	/**
	 * Fills an empty application through SCIM itself.
	 *
	 * @param {{ accounts: string[], inactive?: string[], groups: Record<string, string[]> }} content
	 * @param {Record<string, { givenName: string, familyName: string, title?: string }>} people by e-mail
	 */
	async seed(content, people) {
		const ids = new Map();
		for (const email of content.accounts) {
			const person = people[email];
			if (person === undefined) throw new Error(`people.json has no person "${email}", an account of ${this.name}.`);
			const user = await this.call('POST', '/Users', {
				schemas: [USER],
				userName: email,
				name: { givenName: person.givenName, familyName: person.familyName },
				displayName: `${person.givenName} ${person.familyName}`,
				...(person.title ? { title: person.title } : {}),
				emails: [{ value: email, type: 'work', primary: true }],
				active: !(content.inactive ?? []).includes(email),
			});
			ids.set(email, user.id);
		}
		for (const [displayName, members] of Object.entries(content.groups)) {
			const unknown = members.find((email) => !ids.has(email));
			if (unknown)
				throw new Error(`people.json: group "${displayName}" of ${this.name} has member "${unknown}" without account.`);
			await this.call('POST', '/Groups', {
				schemas: [GROUP],
				displayName,
				members: members.map((email) => ({ value: ids.get(email) })),
			});
		}
	}

	/** @returns {Promise<Holdings>} read back through SCIM, sorted by name */
	async holdings() {
		const [users, groups] = await Promise.all([this.#list('/Users'), this.#list('/Groups')]);
		const nameById = new Map(users.map((user) => [user.id, user.userName]));
		const accounts = users.map((user) => [user.userName, { active: user.active !== false }]);
		const memberships = groups.map((group) => [
			group.displayName,
			(group.members ?? []).map(({ value }) => nameById.get(value) ?? value).sort(),
		]);
		return { accounts: sorted(accounts), groups: sorted(memberships) };
	}

	/** @returns {Promise<string[]>} every request that could change something, e.g. `PATCH /scim/v2/Users/… 200` */
	async writes() {
		return new Promise((resolve) => {
			const listen = (message) => {
				if (message?.type !== 'writes') return;
				this.child.off('message', listen);
				resolve(message.writes);
			};
			this.child.on('message', listen);
			this.child.send({ type: 'writes' });
		});
	}

	/**
	 * One SCIM request as the application's administrator.
	 *
	 * @param {string} method @param {string} route below the base URL @param {unknown} [body]
	 * @returns {Promise<any>}
	 */
	async call(method, route, body) {
		const response = await fetch(`${this.baseUrl}${route}`, {
			method,
			headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/scim+json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`${this.name} answered ${response.status} to ${method} ${route}: ${text.slice(0, 300)}`);
		return text === '' ? undefined : JSON.parse(text);
	}

	async stop() {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGTERM');
		await ended;
	}

	async #list(route) {
		const resources = [];
		for (;;) {
			const page = await this.call('GET', `${route}?startIndex=${resources.length + 1}&count=${PAGE}`);
			resources.push(...(page.Resources ?? []));
			if (resources.length >= page.totalResults || (page.Resources ?? []).length === 0) return resources;
		}
	}
}

/** @template T @param {Array<[string, T]>} entries @returns {Record<string, T>} */
function sorted(entries) {
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * Starts an empty SCIM application on a free loopback port.
 *
 * @param {string} name what people call it, e.g. `slack`
 * @returns {Promise<ScimApplication>}
 */
async function startScimApplication(name) {
	const token = randomBytes(24).toString('base64url');
	const child = fork(PROGRAM, [], {
		env: { PATH: process.env.PATH, SCIM_TOKEN: token },
		execArgv: [],
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let errors = '';
	child.stderr?.on('data', (chunk) => {
		errors = (errors + chunk).slice(-2_000);
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.once('exit', (code) =>
			reject(new Error(`The SCIM server "${name}" ended with exit code ${code}.\n${errors}`)),
		);
		child.on('message', (message) => {
			if (message?.type === 'listening') resolve(new ScimApplication(name, child, message.port, token));
		});
	});
}

module.exports = { ScimApplication, startScimApplication };

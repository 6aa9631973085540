// A SCIM application in a process of its own: scimmy on Express 4 with its state in memory (`scimmy`), or a directory of
// any size that makes its accounts up while it is read (`directory`). Counts what it is asked, and when.
'use strict';
const { createServer } = require('node:http');

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const [kind = 'scimmy', size = '0'] = process.argv.slice(2);
const seen = { reads: 0, writes: 0, firstWrite: 0, lastWrite: 0 };

function note(method) {
	if (method === 'GET') {
		seen.reads++;
		return;
	}
	seen.writes++;
	seen.lastWrite = performance.now();
	if (seen.firstWrite === 0) seen.firstWrite = seen.lastWrite;
}

/** Handlers whose cost does not grow with the number of entries: the server must not be what is measured. */
function declare(Resource, Types, store, unique) {
	const names = new Map();
	let next = 0;
	const key = (value) => String(value).toLowerCase();
	Resource.ingress(({ id }, data) => {
		const holder = names.get(key(data[unique]));
		if (holder !== undefined && holder !== id) throw new Types.Error(409, 'uniqueness', `${unique} is taken`);
		const before = id === undefined ? undefined : store.get(id);
		if (id !== undefined && before === undefined) throw new Types.Error(404, null, `Resource ${id} not found`);
		const now = new Date();
		const meta = { created: before?.meta.created ?? now, lastModified: now };
		const entry = { ...JSON.parse(JSON.stringify(data)), id: id ?? `${unique}-${++next}`, meta };
		if (before !== undefined) names.delete(key(before[unique]));
		names.set(key(entry[unique]), entry.id);
		store.set(entry.id, entry);
		return entry;
	});
	Resource.egress((resource) => {
		if (resource.id !== undefined) {
			const found = store.get(resource.id);
			if (found === undefined) throw new Types.Error(404, null, `Resource ${resource.id} not found`);
			return found;
		}
		const all = [...store.values()];
		if (resource.filter !== undefined) return resource.filter.match(all);
		const { startIndex = 1, count = 20 } = resource.constraints ?? {};
		if (resource.constraints) resource.constraints.totalResults = all.length;
		return all.slice(startIndex - 1, startIndex - 1 + count);
	});
	Resource.degress(({ id }) => {
		if (!store.delete(id)) throw new Types.Error(404, null, `Resource ${id} not found`);
	});
}

function scimmy() {
	const express = require('express4');
	const SCIMMY = require('scimmy').default ?? require('scimmy');
	const Routers = require('scimmy-routers').default ?? require('scimmy-routers');
	const stores = { users: new Map(), groups: new Map() };
	const { Resources, Types, Schemas } = SCIMMY;
	declare(Resources.User, Types, stores.users, 'userName');
	declare(Resources.Group, Types, stores.groups, 'displayName');
	Resources.User.extend(Schemas.EnterpriseUser, false);
	Resources.declare(Resources.User);
	Resources.declare(Resources.Group);
	const app = express();
	app.use((request, _response, next) => {
		note(request.method);
		next();
	});
	app.use('/scim', new Routers({ type: 'bearer', handler: () => 'bench' }));
	return createServer(app);
}

/** The n-th account of a large directory; every hundredth has drifted, every thousandth is nobody's. */
function account(index) {
	const name = index % 1_000 === 999 ? `nobody${index}` : `p${index}`;
	return {
		schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		externalId: `ext-${name}`,
		userName: `${name}@example.com`,
		name: { givenName: `Given${index}`, familyName: `Family${index}`, formatted: `Given${index} Family${index}` },
		displayName: `Given${index} Family${index}`,
		title: index % 100 === 7 ? 'Drifted' : 'Engineer',
		active: true,
		emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
		[ENTERPRISE]: { department: `Department ${index % 40}`, employeeNumber: String(index) },
		meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z', lastModified: '2026-06-01T00:00:00Z' },
	};
}

function directory(total) {
	return createServer((request, response) => {
		note(request.method);
		const url = new URL(request.url, 'http://localhost');
		const start = Math.max(1, Number(url.searchParams.get('startIndex') ?? 1));
		const count = Math.min(1_000, Number(url.searchParams.get('count') ?? 100));
		const length = url.pathname.endsWith('/Users') ? Math.max(0, Math.min(count, total - start + 1)) : 0;
		response.writeHead(200, { 'content-type': 'application/scim+json' });
		const [, alone] = /\/Users\/.*-(\d{12})$/.exec(url.pathname) ?? [];
		if (alone !== undefined) return response.end(JSON.stringify(account(Number(alone))));
		const Resources = Array.from({ length }, (_, index) => account(start - 1 + index));
		const totalResults = url.pathname.endsWith('/Users') ? total : 0;
		const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
		response.end(JSON.stringify({ schemas, totalResults, startIndex: start, itemsPerPage: length, Resources }));
	});
}

const server = kind === 'directory' ? directory(Number(size)) : scimmy();
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
	process.send?.({ baseUrl: `http://127.0.0.1:${server.address().port}/scim` });
});
process.on('message', (message) => {
	if (message === 'seen') {
		process.send?.({ seen: { ...seen } });
		Object.assign(seen, { reads: 0, writes: 0, firstWrite: 0, lastWrite: 0 });
	}
});
process.on('disconnect', () => process.exit(0));

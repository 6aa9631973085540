'use strict';
// One application with SCIM 2.0: scimmy and its routers on Express, people and groups in memory. A process of its own
// (scimmy keeps its handlers and paths in globals), started by scim-server.js, which tells it the token to expect.

const { createHash, randomUUID, timingSafeEqual } = require('node:crypto');
// Express 4 by its alias: plain `express` is n8n's Express 5 from here, whose read-only query breaks the routers' paging.
const express = require('express4');
const SCIMMY = require('scimmy').default ?? require('scimmy');
const SCIMMYRouters = require('scimmy-routers').default ?? require('scimmy-routers');

const token = process.env.SCIM_TOKEN ?? '';
if (token === '') throw new Error('SCIM_TOKEN is missing: start this file through scim-server.js.');

/** @type {Map<string, any>} */
const users = new Map();
/** @type {Map<string, any>} */
const groups = new Map();
/** Every request that changes something, for tests that count writes. */
const writes = [];

const digest = (text) => createHash('sha256').update(text).digest();
const expected = digest(`Bearer ${token}`);

function authenticate(request) {
	if (!timingSafeEqual(digest(request.header('authorization') ?? ''), expected)) throw new Error('Invalid token');
	return '';
}

function found(resources, id) {
	const resource = resources.get(id);
	if (resource === undefined) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
	return resource;
}

/** scimmy parses filters and leaves applying them to the handler. */
function matching(filter, resources) {
	return filter === undefined ? resources : filter.match(resources);
}

/** userName and displayName identify people and groups: RFC 7643 §4.1.1 wants userName unique, case-insensitively. */
function refuseDuplicate(resources, attribute, value, id) {
	const wanted = String(value).toLowerCase();
	for (const other of resources.values()) {
		if (other.id !== id && String(other[attribute]).toLowerCase() === wanted) {
			throw new SCIMMY.Types.Error(409, 'uniqueness', `${attribute} is taken`);
		}
	}
}

/** Stores what scimmy validated; plain JSON, so that a later change of scimmy's objects doesn't reach the store. */
function store(resources, id, data) {
	const now = new Date().toISOString();
	const previous = resources.get(id);
	const resource = {
		...JSON.parse(JSON.stringify(data)),
		id,
		meta: { ...previous?.meta, created: previous?.meta.created ?? now, lastModified: now },
	};
	resources.set(id, resource);
	return resource;
}

SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false);
SCIMMY.Resources.declare(SCIMMY.Resources.User, {
	egress: (resource) =>
		resource.id
			? withGroups(found(users, resource.id))
			: matching(resource.filter, [...users.values()].map(withGroups)),
	ingress: (resource, data) => {
		if (resource.id) found(users, resource.id);
		refuseDuplicate(users, 'userName', data.userName, resource.id);
		const attributes = JSON.parse(JSON.stringify(data));
		delete attributes.groups; // derived, see withGroups
		return withGroups(store(users, resource.id ?? randomUUID(), { active: true, ...attributes }));
	},
	degress: (resource) => {
		found(users, resource.id);
		users.delete(resource.id);
		for (const group of groups.values()) group.members = group.members.filter(({ value }) => value !== resource.id);
	},
});

SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
	egress: (resource) => (resource.id ? found(groups, resource.id) : matching(resource.filter, [...groups.values()])),
	ingress: (resource, data) => {
		if (resource.id) found(groups, resource.id);
		refuseDuplicate(groups, 'displayName', data.displayName, resource.id);
		return store(groups, resource.id ?? randomUUID(), { ...data, members: uniqueMembers(data.members) });
	},
	degress: (resource) => {
		found(groups, resource.id);
		groups.delete(resource.id);
	},
});

/** A user's groups are read-only and follow from the groups' members (RFC 7643 §4.1.2). */
function withGroups(user) {
	const memberships = [...groups.values()]
		.filter((group) => group.members.some(({ value }) => value === user.id))
		.map(({ id, displayName }) => ({ value: id, display: displayName, type: 'direct' }));
	return memberships.length > 0 ? { ...user, groups: memberships } : user;
}

/** Adding somebody twice is no second membership; scimmy itself would keep both. */
function uniqueMembers(members = []) {
	const byId = new Map(JSON.parse(JSON.stringify(members)).map((member) => [member.value, member]));
	for (const id of byId.keys()) {
		if (!users.has(id)) throw new SCIMMY.Types.Error(400, 'invalidValue', `There is no user ${id}`);
	}
	return [...byId.values()].map(({ value }) => ({ value, display: users.get(value).userName, type: 'User' }));
}

const app = express();
app.disable('x-powered-by');
app.use('/scim/v2', (request, response, next) => {
	if (!['GET', 'HEAD'].includes(request.method)) {
		response.on('finish', () => writes.push(`${request.method} ${request.originalUrl} ${response.statusCode}`));
	}
	next();
});
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler: authenticate }));

const server = app.listen(0, '127.0.0.1', () => {
	process.send?.({ type: 'listening', port: server.address().port });
});

process.on('message', (message) => {
	if (message?.type === 'writes') process.send?.({ type: 'writes', writes });
});
// Our parent is gone: nobody can stop us any more.
process.on('disconnect', () => process.exit(0));

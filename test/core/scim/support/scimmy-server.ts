import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
// @ts-expect-error -- the alias has no types of its own
import express4 from 'express4';
// @ts-expect-error -- the alias has no types of its own
import express5 from 'express5';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

export const TOKEN = 'test-token-0123456789';

type Record_ = Record<string, unknown> & { id: string };

/** A real SCIM 2.0 server on loopback, with its state open to the test. */
export interface ScimServer {
	baseUrl: string;
	users: Map<string, Record_>;
	groups: Map<string, Record_>;
	addUser(user: Record<string, unknown>, id?: string): string;
	addGroup(displayName: string, memberIds?: string[]): string;
	membersOf(groupId: string): string[];
	user(userName: string): Record_ | undefined;
	reset(): void;
	close(): Promise<void>;
}

interface ExpressApp {
	use(path: string, router: unknown): void;
	listen(port: number, host: string): Server;
}

const SCHEMAS = (SCIMMY as unknown as { Schemas: Record<string, never> }).Schemas;
const { Resources, Types } = SCIMMY as unknown as {
	Resources: { declare(resource: unknown): void; User: Handlers; Group: Handlers };
	Types: { Error: new (status: number, type: string | null, message: string) => Error };
};
interface Handlers {
	ingress(handler: (resource: { id?: string }, data: Record<string, unknown>) => unknown): Handlers;
	egress(handler: (resource: { id?: string; filter?: { match(values: unknown[]): unknown[] } }) => unknown): Handlers;
	degress(handler: (resource: { id?: string }) => void): Handlers;
	extend(schema: unknown, required?: boolean): Handlers;
}

/** scimmy keeps its declarations per process, so one server a test file. Jest gives each file modules of its own. */
export async function startScimmy(framework: 'express4' | 'express5' = 'express4'): Promise<ScimServer> {
	const users = new Map<string, Record_>();
	const groups = new Map<string, Record_>();
	let sequence = 0;
	const nextId = (): string => `id-${++sequence}`;
	declare(users, Resources.User, nextId, (user) => ({ ...user, groups: undefined }), 'userName');
	declare(groups, Resources.Group, nextId, (group) => group, 'displayName');
	Resources.User.extend(SCHEMAS['EnterpriseUser'], false);
	Resources.declare(Resources.User);
	Resources.declare(Resources.Group);

	const app = ((framework === 'express4' ? express4 : express5) as () => ExpressApp)();
	const Routers = SCIMMYRouters as unknown as new (options: unknown) => never;
	app.use(
		'/scim',
		new Routers({
			type: 'bearer',
			handler: (request: { headers: Record<string, string | undefined> }) => {
				if (request.headers['authorization'] !== `Bearer ${TOKEN}`) throw new Error('Authorization required');
				return 'client';
			},
		}),
	);
	const server = app.listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/scim`,
		users,
		groups,
		addUser: (user, id = nextId()) => {
			users.set(id, { active: true, ...user, id, meta: stamp() });
			return id;
		},
		addGroup: (displayName, memberIds = []) => {
			const id = nextId();
			groups.set(id, { id, displayName, members: memberIds.map((value) => ({ value })), meta: stamp() });
			return id;
		},
		membersOf: (groupId) =>
			((groups.get(groupId)?.['members'] ?? []) as Array<{ value: string }>).map(({ value }) => value),
		user: (userName) => [...users.values()].find((user) => user['userName'] === userName),
		reset: () => {
			users.clear();
			groups.clear();
		},
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

function stamp(): Record<string, unknown> {
	return { created: new Date(0), lastModified: new Date(0) };
}

function declare(
	store: Map<string, Record_>,
	resource: Handlers,
	nextId: () => string,
	shape: (value: Record_) => Record<string, unknown>,
	unique: string,
): void {
	const key = (value: unknown): string => String(value).toLowerCase();
	resource.ingress(({ id }, data) => {
		const other = [...store.values()].find((known) => known.id !== id && key(known[unique]) === key(data[unique]));
		if (other !== undefined) throw new Types.Error(409, 'uniqueness', `${unique} is taken`);
		if (id !== undefined && !store.has(id)) throw new Types.Error(404, null, `Resource ${id} not found`);
		const stored: Record_ = {
			...(JSON.parse(JSON.stringify(data)) as Record<string, unknown>),
			id: id ?? nextId(),
			meta: stamp(),
		};
		store.set(stored.id, stored);
		return shape(stored);
	});
	resource.egress(({ id, filter }) => {
		if (id !== undefined) {
			const found = store.get(id);
			if (found === undefined) throw new Types.Error(404, null, `Resource ${id} not found`);
			return shape(found);
		}
		const all = [...store.values()].map(shape);
		return filter === undefined ? all : filter.match(all);
	});
	resource.degress(({ id }) => {
		if (!store.delete(id ?? '')) throw new Types.Error(404, null, `Resource ${id ?? ''} not found`);
	});
}

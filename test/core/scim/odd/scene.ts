import { connect, type TestClient } from '../support/client';
import {
	startCursors,
	startExact,
	startFussy,
	startLagging,
	startOpinionated,
	startReplacing,
	startSloppy,
	startStrict,
	startTerse,
	startThrottled,
	type Json,
	type OddServer,
} from '../../../support/odd-scim';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const SERVERS = [
	'strict',
	'sloppy',
	'lagging',
	'replacing',
	'cursors',
	'throttled',
	'opinionated',
	'terse',
	'exact',
	'fussy',
] as const;
export type ServerName = (typeof SERVERS)[number];

/** Number 4 is written in another case than people write it, 5 is inactive. */
const SPECIAL: Readonly<Record<number, Json>> = { 4: { userName: 'U4@X.Example' }, 5: { active: false } };

/** One server that nobody has a profile for, a client, and sixty people in it. */
export class Scene {
	server!: OddServer;
	connection!: TestClient;
	/** Ids of the people by number. */
	readonly ids: string[] = [];

	/** @param clock of the server; the client's own, where it isn't given */
	static async open(name: ServerName, clock?: () => number): Promise<Scene> {
		const scene = new Scene();
		scene.server = await start(name, clock ?? (() => scene.connection.client.clock()));
		scene.connection = connect(scene.server.baseUrl);
		scene.#populate();
		return scene;
	}

	async close(): Promise<void> {
		this.connection.close();
		await this.server.close();
	}

	user(index: number): Json {
		return this.server.directory.users.get(this.ids[index] ?? '') ?? {};
	}

	/** Members of a group by number of the person, strangers by userName. */
	staff(displayName = 'staff'): Array<number | string> {
		return this.server.directory
			.membersOf(displayName)
			.map((id) => {
				const index = this.ids.indexOf(id);
				return index >= 0 ? index : String(this.server.directory.users.get(id)?.['userName']);
			})
			.sort();
	}

	/** What the application holds, without what it counts itself. */
	snapshot(): unknown {
		const { users, groups } = this.server.directory;
		const plain = ({ meta: _meta, schemas: _schemas, ...entry }: Json): Json => entry;
		const known = [...users.values()].filter(({ id }) => this.ids.includes(id));
		return JSON.parse(JSON.stringify([known.map(plain), [...groups.values()].map(plain), this.staff()])) as unknown;
	}

	/** No two accounts with the same name. */
	twins(): string[] {
		const names = [...this.server.directory.users.values()].map((user) => String(user['userName']).toLowerCase());
		return names.filter((name, index) => names.indexOf(name) !== index);
	}

	#populate(): void {
		const { directory } = this.server;
		for (let index = 0; index < 60; index++)
			this.ids.push(directory.add('Users', { ...account(index), ...SPECIAL[index] }));
		directory.add('Groups', { displayName: 'staff', members: [0, 1, 2].map((index) => ({ value: this.ids[index] })) });
	}
}

export function account(index: number, extra: Json = {}): Json {
	return {
		schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
		externalId: `x${index}`,
		userName: `u${index}@x.example`,
		displayName: `Given${index} Family${index}`,
		name: { givenName: `Given${index}`, familyName: `Family${index}` },
		title: 'Analyst',
		emails: [{ value: `u${index}@x.example`, type: 'work', primary: true }],
		[ENTERPRISE]: { department: 'Ops' },
		...extra,
	};
}

/** Everything that may happen to people at once: 0 changes, 1 is renamed, 2 leaves, 5 comes back, 60 to 63 are new. */
export function target(): { users: Json[]; groups: Json[] } {
	return {
		users: [
			account(0, { title: 'Engineer "senior"', [ENTERPRISE]: { department: 'R&D' } }),
			account(1, { userName: 'renamed@x.example' }),
			account(2, { active: false }),
			...[3, 4, 5, 60, 61, 62, 63].map((index) => account(index)),
		],
		groups: [
			{ displayName: 'staff', members: [0, 3, 5, 60, 61].map((index) => ({ userName: `u${index}@x.example` })) },
			{ displayName: 'new crew', members: [0, 62].map((index) => ({ externalId: `x${index}` })) },
		],
	};
}

function start(name: ServerName, clock: () => number): Promise<OddServer> {
	switch (name) {
		case 'strict':
			return startStrict();
		case 'sloppy':
			return startSloppy();
		case 'lagging':
			return startLagging();
		case 'replacing':
			return startReplacing();
		case 'cursors':
			return startCursors();
		case 'terse':
			return startTerse();
		case 'exact':
			return startExact();
		case 'fussy':
			return startFussy();
		case 'throttled':
			return startThrottled(clock);
		default:
			return startOpinionated();
	}
}

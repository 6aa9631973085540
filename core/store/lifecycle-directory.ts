import { sql, type Kysely } from 'kysely';
import type { Directory, KnownPerson, PersonEvidence } from '../lifecycle';
import { insertRows } from './lifecycle-rows';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

interface Person {
	identityId: string;
	keys: Map<string, Set<string>>;
	birthDate?: string;
	/** Which moment the current address is from. */
	emailSince?: AddressMoment;
}

/** From when an address holds, and when that was recorded. */
export interface AddressMoment {
	from: string;
	createdAt: string;
}

const ADDRESS_KINDS = ['email', 'otherEmail'];
const UNKNOWN: AddressMoment = { from: '', createdAt: '' };

/** The people whom a batch of events may be about, read by a fixed number of queries; changes are written in one go. */
export class LedgerDirectory implements Directory {
	readonly #byKey = new Map<string, string>();
	readonly #byBirthName = new Map<string, Set<string>>();
	readonly #people = new Map<string, Person>();
	readonly #kinds = new Set<string>();
	readonly #added = {
		identities: new Set<string>(),
		keys: new Map<string, string>(),
		births: new Map<string, string[]>(),
	};
	readonly #dropped = new Set<string>();

	constructor(
		readonly db: Kysely<LedgerTables>,
		readonly now: string,
	) {}

	async load(evidences: readonly PersonEvidence[]): Promise<void> {
		if (this.#kinds.size === 0) await this.#loadKinds();
		for (const { idKind } of evidences) this.#kinds.add(idKind);
		const wanted = new Map<string, readonly [string, string]>();
		const want = (kind: string, value: string | undefined) => {
			if (value !== undefined) wanted.set(keyOf(kind, value), [kind, value]);
		};
		for (const evidence of evidences) {
			const kinds = evidence.starts ? [evidence.idKind] : this.#kinds;
			for (const kind of kinds) want(kind, evidence.hrId);
			want(evidence.idKind, evidence.previousHrId);
			want('nationalId', evidence.nationalId);
			for (const kind of ADDRESS_KINDS) {
				want(kind, evidence.email);
				want(kind, evidence.previousEmail);
			}
		}
		const hits = await sql<{ kind: string; value: string; identity_id: string }>`
			select k.kind, k.value, k.identity_id from json_each(${JSON.stringify([...wanted.values()])}) as w
			cross join identity_keys as k on k.kind = w.value ->> 0 and k.value = w.value ->> 1`.execute(this.db);
		const births = [...new Set(evidences.flatMap(({ birthName }) => birthName ?? []))];
		const namesakes = await this.db
			.selectFrom('identity_births')
			.select(['identity_id', 'birth_name'])
			.where('birth_name', 'in', anyOf(births))
			.execute();
		await this.#loadPeople([...hits.rows, ...namesakes].map((row) => row.identity_id));
	}

	async #loadKinds(): Promise<void> {
		// Kinds are few; jumping from one to the next reads one row each, however many keys there are.
		const { rows } = await sql<{ kind: string }>`with recursive kinds (kind) as (
			select min(kind) from identity_keys
			union all select (select min(kind) from identity_keys where kind > kinds.kind) from kinds where kinds.kind is not null)
			select kind from kinds where kind = 'hrId' or kind like 'hrId:%'`.execute(this.db);
		for (const { kind } of rows) this.#kinds.add(kind);
	}

	async #loadPeople(ids: readonly string[]): Promise<void> {
		const fresh = [...new Set(ids)].filter((id) => !this.#people.has(id));
		if (fresh.length === 0) return;
		const keys = await this.db
			.selectFrom('identity_keys')
			.selectAll()
			.where('identity_id', 'in', anyOf(fresh))
			.execute();
		const births = await this.db
			.selectFrom('identity_births')
			.selectAll()
			.where('identity_id', 'in', anyOf(fresh))
			.execute();
		for (const row of keys) {
			this.#index(row.identity_id, row.kind, row.value);
			if (row.kind !== 'email' || !row.since) continue;
			const [from = '', createdAt = ''] = row.since.split('|');
			this.#entry(row.identity_id).emailSince = { from, createdAt };
		}
		for (const row of births) {
			this.#entry(row.identity_id).birthDate = row.birth_date;
			if (row.birth_name !== null) this.#indexBirth(row.identity_id, row.birth_name);
		}
	}

	find(kind: string, value: string): string | undefined {
		return this.#byKey.get(keyOf(kind, value));
	}

	findBirthName(value: string): readonly string[] {
		return [...(this.#byBirthName.get(value) ?? [])];
	}

	person(identityId: string): KnownPerson {
		return this.#entry(identityId);
	}

	idKinds(): readonly string[] {
		return [...this.#kinds];
	}

	create(identityId: string): void {
		this.#added.identities.add(identityId);
		this.#entry(identityId);
	}

	/**
	 * Remembers the keys of an event for its person. `address`: from when its e-mail address holds, and whether the event
	 * sets it or only mentions it.
	 */
	learn(identityId: string, evidence: PersonEvidence, address: AddressMoment & { sets: boolean }): void {
		// Who was found by another system's number has not got that number in this one.
		const { hrId } = evidence;
		const elsewhere = hrId !== undefined && this.idKinds().some((kind) => this.find(kind, hrId) === identityId);
		if (!elsewhere) this.#add(identityId, evidence.idKind, hrId);
		this.#add(identityId, evidence.idKind, evidence.previousHrId);
		this.#add(identityId, 'nationalId', evidence.nationalId);
		const person = this.#entry(identityId);
		if (evidence.email !== undefined) this.#learnAddress(person, evidence.email, address);
		if (evidence.previousEmail !== undefined && !person.keys.get('email')?.has(evidence.previousEmail)) {
			this.#add(identityId, 'otherEmail', evidence.previousEmail);
		}
		if (evidence.birthDate === undefined) return;
		if (person.birthDate === evidence.birthDate && evidence.birthName === undefined) return;
		person.birthDate = evidence.birthDate;
		if (evidence.birthName !== undefined) this.#indexBirth(identityId, evidence.birthName);
		this.#added.births.set(identityId, [evidence.birthDate, evidence.birthName ?? '']);
	}

	#learnAddress(person: Person, email: string, address: AddressMoment & { sets: boolean }): void {
		const { identityId } = person;
		const [current] = person.keys.get('email') ?? [];
		const since = person.emailSince ?? UNKNOWN;
		const later = address.from > since.from || (address.from === since.from && address.createdAt > since.createdAt);
		const news = address.sets ? later : address.from > since.from && address.createdAt > since.createdAt;
		if (current === email) {
			if (later && address.sets) this.#setAddress(person, email, address);
			return;
		}
		if (current === undefined || (news && address.from <= this.now)) {
			if (this.find('email', email) !== undefined) return;
			if (current !== undefined) {
				this.#drop(identityId, 'email', current);
				this.#add(identityId, 'otherEmail', current);
			}
			this.#drop(identityId, 'otherEmail', email);
			this.#setAddress(person, email, address);
		} else {
			this.#add(identityId, 'otherEmail', email);
		}
	}

	#setAddress(person: Person, email: string, { from, createdAt }: AddressMoment): void {
		person.emailSince = { from, createdAt };
		this.#index(person.identityId, 'email', email);
		this.#added.keys.set(
			keyOf('email', email),
			JSON.stringify(['email', email, person.identityId, `${from}|${createdAt}`]),
		);
		this.#dropped.delete(keyOf('email', email));
	}

	#add(identityId: string, kind: string, value: string | undefined): void {
		if (value === undefined || this.#byKey.has(keyOf(kind, value))) return;
		this.#index(identityId, kind, value);
		this.#added.keys.set(keyOf(kind, value), JSON.stringify([kind, value, identityId, null]));
		this.#dropped.delete(keyOf(kind, value));
	}

	#drop(identityId: string, kind: string, value: string): void {
		const key = keyOf(kind, value);
		if (this.#byKey.get(key) !== identityId) return;
		this.#byKey.delete(key);
		this.#entry(identityId).keys.get(kind)?.delete(value);
		this.#added.keys.delete(key);
		this.#dropped.add(key);
	}

	#index(identityId: string, kind: string, value: string): void {
		this.#byKey.set(keyOf(kind, value), identityId);
		const { keys } = this.#entry(identityId);
		const values = keys.get(kind);
		if (values) values.add(value);
		else keys.set(kind, new Set([value]));
	}

	#indexBirth(identityId: string, birthName: string): void {
		const people = this.#byBirthName.get(birthName);
		if (people) people.add(identityId);
		else this.#byBirthName.set(birthName, new Set([identityId]));
	}

	#entry(identityId: string): Person {
		let person = this.#people.get(identityId);
		if (!person) this.#people.set(identityId, (person = { identityId, keys: new Map() }));
		return person;
	}

	/** Writes what was learnt. */
	async flush(): Promise<void> {
		const { identities, keys, births } = this.#added;
		const created = [...identities].map((id) => [id, this.now]);
		await insertRows(this.db, 'identities', ['id', 'created_at'], created, 'on conflict do nothing');
		const dropped = [...this.#dropped].map((key) => JSON.parse(key) as [string, string]);
		if (dropped.length > 0) {
			await sql`delete from identity_keys where (kind, value) in (
				select value ->> 0, value ->> 1 from json_each(${JSON.stringify(dropped)}))`.execute(this.db);
		}
		const added = [...keys.values()].map((row) => JSON.parse(row) as string[]);
		const since =
			'on conflict (kind, value) do update set since = excluded.since where identity_id = excluded.identity_id';
		await insertRows(this.db, 'identity_keys', ['kind', 'value', 'identity_id', 'since'], added, since);
		const born = [...births].map(([id, [date = '', name = '']]) => [id, date, name === '' ? null : name]);
		const renamed = `on conflict do update set birth_date = excluded.birth_date,
			birth_name = coalesce(excluded.birth_name, birth_name)`;
		await insertRows(this.db, 'identity_births', ['identity_id', 'birth_date', 'birth_name'], born, renamed);
		identities.clear();
		keys.clear();
		births.clear();
		this.#dropped.clear();
	}
}

const keyOf = (kind: string, value: string) => JSON.stringify([kind, value]);

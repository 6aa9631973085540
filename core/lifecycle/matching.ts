/** What an event says of who its person is, as the ledger compares it: addresses in lower case, the rest as pseudonyms. */
export interface PersonEvidence {
	/** Kind of the id in its own source, e.g. `hrId` for the HR system and `hrId:vms` for another. */
	idKind: string;
	hrId?: string;
	previousHrId?: string;
	nationalId?: string;
	birthDate?: string;
	/** Birth date and name together. */
	birthName?: string;
	email?: string;
	previousEmail?: string;
	/** A hire, rehire or start: its id is new in its source, or known there. */
	starts: boolean;
}

/** What is known of a person already. */
export interface KnownPerson {
	identityId: string;
	/** Values by kind: `hrId`, `hrId:<source>`, `nationalId`, `email`, `otherEmail`. */
	keys: ReadonlyMap<string, ReadonlySet<string>>;
	birthDate?: string;
}

/** Where people are looked up. */
export interface Directory {
	find(kind: string, value: string): string | undefined;
	/** People with the same birth date and name. */
	findBirthName(value: string): readonly string[];
	person(identityId: string): KnownPerson;
	/** Kinds under which other sources' ids are kept. */
	idKinds(): readonly string[];
}

export type MatchOutcome =
	| { kind: 'match'; identityId: string; by: string }
	| { kind: 'new' }
	/** The same person if they had left by then; otherwise somebody has to look. */
	| { kind: 'match_if_left'; identityId: string; by: string; field: string }
	| { kind: 'review'; candidates: readonly string[]; field: string; because: string };

interface Hit {
	by: string;
	identityId: string;
}

/**
 * Who an event is about. Keys are believed in this order: id of the source, national id, birth date with name, e-mail address,
 * previous address. What contradicts is never decided by a machine; a new name or address alone never makes a new person.
 */
export function matchPerson(evidence: PersonEvidence, directory: Directory): MatchOutcome {
	const hits = keyHits(evidence, directory);
	const people = [...new Set(hits.map(({ identityId }) => identityId))];
	if (people.length > 1) {
		const kinds = [...new Set(hits.map(({ by }) => by))].join(' and ');
		return {
			kind: 'review',
			candidates: people.sort(),
			field: 'person',
			because: `${kinds} point at different people`,
		};
	}
	const [hit] = hits;
	if (hit) return decide(evidence, directory.person(hit.identityId), hit.by);
	const sameBirth = evidence.birthName === undefined ? [] : directory.findBirthName(evidence.birthName);
	const [namesake, ...more] = sameBirth;
	if (namesake !== undefined && more.length > 0) {
		const because = 'several people have this birth date and name';
		return { kind: 'review', candidates: [...sameBirth].sort(), field: 'birthDate', because };
	}
	if (namesake !== undefined) return decide(evidence, directory.person(namesake), 'birth date and name');
	return byOtherAddress(evidence, directory);
}

/** Keys that belong to one person only, in the order in which they are believed. */
function keyHits(evidence: PersonEvidence, directory: Directory): Hit[] {
	const look = (by: string, kind: string, value: string | undefined): Hit[] => {
		const identityId = value === undefined ? undefined : directory.find(kind, value);
		return identityId === undefined ? [] : [{ by, identityId }];
	};
	const { idKind, hrId, previousHrId, nationalId, email, previousEmail } = evidence;
	const previous = look('previous e-mail', 'email', previousEmail);
	return [
		...ownId(evidence, directory, hrId),
		...look('previous HR id', idKind, previousHrId),
		...look('national id', 'nationalId', nationalId),
		...look('e-mail', 'email', email),
		...(previous.length > 0 ? previous : look('previous e-mail', 'otherEmail', previousEmail)),
	];
}

/** An event that starts nothing may use the id of another source: a signal knows people by their HR id. */
function ownId({ idKind, starts }: PersonEvidence, directory: Directory, hrId: string | undefined): Hit[] {
	if (hrId === undefined) return [];
	const own = directory.find(idKind, hrId);
	if (own !== undefined) return [{ by: 'HR id', identityId: own }];
	if (starts) return [];
	const others = directory.idKinds().flatMap((kind) => directory.find(kind, hrId) ?? []);
	return [...new Set(others)].map((identityId) => ({ by: 'HR id', identityId }));
}

function decide(evidence: PersonEvidence, person: KnownPerson, by: string): MatchOutcome {
	const { identityId } = person;
	const review = (field: string, because: string): MatchOutcome => ({
		kind: 'review',
		candidates: [identityId],
		field,
		because,
	});
	const national = person.keys.get('nationalId');
	const sameNational = evidence.nationalId !== undefined && national?.has(evidence.nationalId) === true;
	if (evidence.nationalId !== undefined && national && !sameNational) {
		return review('nationalId', `${by} is known with another national id`);
	}
	const sameBirth = evidence.birthDate !== undefined && evidence.birthDate === person.birthDate;
	if (evidence.birthDate !== undefined && person.birthDate !== undefined && !sameBirth) {
		return review('birthDate', `${by} is known with another birth date`);
	}
	const ids = person.keys.get(evidence.idKind);
	const otherId = evidence.hrId !== undefined && ids !== undefined && !ids.has(evidence.hrId);
	if (!otherId) return { kind: 'match', identityId, by };
	const renumbered = evidence.previousHrId !== undefined && ids.has(evidence.previousHrId);
	// Address and birth date together, or a national id, say that the person is the same under a new number.
	const proven = sameNational || (sameBirth && by !== 'birth date and name');
	if (renumbered || proven) return { kind: 'match', identityId, by };
	return { kind: 'match_if_left', identityId, by, field: 'hrId' };
}

/** An address that somebody had before, or will have, is weak: addresses are given to others. */
function byOtherAddress(evidence: PersonEvidence, directory: Directory): MatchOutcome {
	const identityId = evidence.email === undefined ? undefined : directory.find('otherEmail', evidence.email);
	if (identityId === undefined) return { kind: 'new' };
	const outcome = decide(evidence, directory.person(identityId), 'former e-mail');
	if (outcome.kind !== 'match_if_left') return outcome;
	const because = 'the address belonged to somebody with another HR id';
	return { kind: 'review', candidates: [identityId], field: 'email', because };
}

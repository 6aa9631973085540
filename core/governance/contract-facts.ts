import type { PersonFacts, StatedTimeline } from '../lifecycle';
import type { AttributeValue, Fact, Identity } from '../model';

/** People with what a contract says of them beside what is known. */
export function withFacts(
	people: readonly PersonFacts[],
	added: ReadonlyArray<{ identityId: string; fact: PersonFacts['facts'][number] }>,
): PersonFacts[] {
	const byId = new Map<string, Array<PersonFacts['facts'][number]>>();
	for (const { identityId, fact } of added) {
		const list = byId.get(identityId) ?? [];
		list.push(fact);
		byId.set(identityId, list);
	}
	return people.map((person) => {
		const own = byId.get(person.identityId);
		// What the contract said before is replaced by what it says now.
		const source = own?.[0]?.eventId;
		const kept = source === undefined ? person.facts : person.facts.filter(({ eventId }) => eventId !== source);
		return own === undefined ? person : { ...person, facts: [...kept, ...own] };
	});
}

/** Whom the contract names, with what its rows say of them now; what others say is not the contract's to keep. */
export function identitiesOf(
	timelines: readonly StatedTimeline[],
	facts: ReadonlyArray<{ identityId: string; fact: Fact }>,
	asOf: string,
): Identity[] {
	const said = new Map<string, Map<string, AttributeValue>>();
	for (const { identityId, fact } of facts) {
		const own = said.get(identityId) ?? new Map<string, AttributeValue>();
		said.set(identityId, own);
		const holds = fact.until === undefined || fact.until > asOf;
		if (fact.value !== null && (holds || !own.has(fact.name))) own.set(fact.name, fact.value);
	}
	return timelines.flatMap(({ identityId, keys }) => {
		const attributes = said.get(identityId);
		if (attributes === undefined) return [];
		const { email } = keys;
		return [{ id: identityId, keys: email === undefined ? {} : { email }, attributes: Object.fromEntries(attributes) }];
	});
}

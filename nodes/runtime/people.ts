import type { IExecuteFunctions } from 'n8n-workflow';
import { segmentAt, type LifecyclePolicy } from '../../core/lifecycle';
import { DomainError, type AttributeValue } from '../../core/model';
import { parseAddress } from '../../core/policy';
import type { LedgerApi } from '../../core/store';
import type { ItemErrors } from './item-errors';
import { readLedgerItem } from './items';
import { requiredText, textParameter } from './parameters';

interface Named {
	by: string;
	value: string;
}

/** Ids of the people whom the fields "Look Up Person By" and "Person" name, by item, with one query a kind of key. */
export async function peopleOf(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	items: ItemErrors,
	defaultKey = 'identityId',
): Promise<Map<number, string>> {
	const input = new Map(node.getInputData().map((item, index) => [index, item]));
	const named = items.each(input, (item, index): Named => {
		readLedgerItem(item, ledger.id, index);
		const by = textParameter(node, 'lookUpBy', index, defaultKey);
		const value = requiredText(node, 'person', 'Person', index);
		return { by, value: by === 'email' ? (parseAddress(value) ?? value.toLowerCase()) : value };
	});
	const found = new Map<string, ReadonlyMap<string, string>>();
	for (const kind of new Set([...named.values()].map(({ by }) => by).filter((by) => by !== 'identityId'))) {
		const values = [...named.values()].flatMap(({ by, value }) => (by === kind ? [value] : []));
		found.set(kind, await ledger.identitiesByKeys(kind, [...new Set(values)]));
	}
	return items.each(named, ({ by, value }) => {
		const id = by === 'identityId' ? value : found.get(by)?.get(value);
		if (id !== undefined) return id;
		throw new DomainError(
			'INPUT_INVALID',
			`Parameter "Person": the ledger knows nobody by this ${by === 'email' ? 'e-mail address' : 'HR id'}.`,
			'Check it. People become known by an HR event, or by a contract that names them.',
		);
	});
}

/** A person with what is known of them now. */
export interface Person {
	identityId: string;
	attributes: Readonly<Record<string, AttributeValue>>;
	addresses: string[];
}

/** People as known now, read as a policy reads them: by authority of sources, with aliases. Who is not known is left out. */
export async function knownPeople(
	ledger: LedgerApi,
	identityIds: readonly string[],
	view: LifecyclePolicy,
): Promise<Map<string, Person>> {
	const ids = [...new Set(identityIds)].sort();
	const { identities } = await ledger.peopleState(ids);
	const timelines = new Map((await ledger.timelines(ids, { policyView: view })).map((each) => [each.identityId, each]));
	const now = new Date().toISOString();
	const people = new Map<string, Person>();
	for (const identity of identities) {
		const timeline = timelines.get(identity.id);
		const keys: Readonly<Record<string, string>> = { ...identity.keys, ...timeline?.keys };
		if (Object.keys(keys).length === 0) continue;
		const attributes = timeline ? (segmentAt(timeline, now)?.attributes ?? {}) : {};
		const addresses = [keys['email'], attributes['email']].filter((each) => typeof each === 'string');
		people.set(identity.id, {
			identityId: identity.id,
			attributes,
			addresses: [...new Set(addresses.map((address) => address.toLowerCase()))],
		});
	}
	return people;
}

/** @throws DomainError INPUT_INVALID where the ledger has no such person */
export function unknownIdentity(identityId: string): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`Parameter "Person": the ledger knows no identity "${identityId.slice(0, 100)}".`,
		'Take the id from an item, or look the person up by e-mail address.',
	);
}

import type { IExecuteFunctions } from 'n8n-workflow';
import { segmentAt, type LifecyclePolicy } from '../../core/lifecycle';
import { DomainError, type AttributeValue } from '../../core/model';
import { compilePolicy, parseAddress, parsePolicy, type CompiledPolicy } from '../../core/policy';
import type { LedgerApi } from '../../core/store';
import { readLedgerItem } from '../runtime/items';
import { textParameter } from '../runtime/parameters';

/** A person whom a parameter names, as known now. */
export interface Person {
	identityId: string;
	attributes: Readonly<Record<string, AttributeValue>>;
	addresses: string[];
}

/** A parameter that must hold something; `label` is what people see. */
export function requiredText(node: IExecuteFunctions, name: string, label: string, index: number): string {
	const text = textParameter(node, name, index).trim();
	if (text !== '') return text;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}

/** Names separated by commas; an expression may give a list as well. */
export function namesParameter(node: IExecuteFunctions, name: string, label: string, index: number): string[] {
	const value: unknown = node.getNodeParameter(name, index, '');
	const parts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
	const names = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
	if (names.length > 0) return names;
	throw new DomainError('INPUT_INVALID', `Parameter "${label}" is empty.`, `Enter a value for "${label}".`);
}

/** The id of the person whom the fields "Look Up Person By" and "Person" name. */
export async function identityIdOf(node: IExecuteFunctions, ledger: LedgerApi, index: number): Promise<string> {
	const item = node.getInputData()[index];
	if (item) readLedgerItem(item, ledger.id, index);
	const by = textParameter(node, 'lookUpBy', index, 'identityId');
	const value = requiredText(node, 'person', 'Person', index);
	if (by === 'identityId') return value;
	const wanted = by === 'email' ? (parseAddress(value) ?? value.toLowerCase()) : value;
	const found = await ledger.identityByKey({ kind: by, value: wanted });
	if (found !== undefined) return found;
	const label = by === 'email' ? 'e-mail address' : 'HR id';
	throw new DomainError(
		'INPUT_INVALID',
		`Parameter "Person": the ledger knows nobody by this ${label}.`,
		'Check it. People become known by an HR event, or by a contract that names them.',
	);
}

export async function personOf(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	index: number,
	view: LifecyclePolicy,
): Promise<Person> {
	return await knownPerson(ledger, await identityIdOf(node, ledger, index), view);
}

/**
 * A person with what is known of them now, read as a policy reads it: by authority of sources, with aliases.
 *
 * @throws DomainError INPUT_INVALID where the ledger has no such person
 */
export async function knownPerson(ledger: LedgerApi, identityId: string, view: LifecyclePolicy): Promise<Person> {
	const { identities } = await ledger.peopleState([identityId]);
	const [timeline] = await ledger.timelines([identityId], { policyView: view });
	const keys = { ...identities[0]?.keys, ...timeline?.keys };
	if (Object.keys(keys).length === 0) {
		throw new DomainError(
			'INPUT_INVALID',
			`Parameter "Person": the ledger knows no identity "${identityId.slice(0, 100)}".`,
			'Take the id from an item, or look the person up by e-mail address.',
		);
	}
	const attributes = timeline ? (segmentAt(timeline, new Date().toISOString())?.attributes ?? {}) : {};
	const addresses = [keys['email'], attributes['email']].filter((each) => typeof each === 'string');
	return { identityId, attributes, addresses: [...new Set(addresses.map((address) => address.toLowerCase()))] };
}

/** Attributes of whoever has an address; nothing is known of strangers, and what is not known holds no condition. */
export async function attributesOf(
	ledger: LedgerApi,
	address: string,
	person: Person,
	view: LifecyclePolicy,
): Promise<Readonly<Record<string, AttributeValue>>> {
	const email = parseAddress(address) ?? address.toLowerCase();
	if (person.addresses.includes(email)) return person.attributes;
	const id = await ledger.identityByKey({ kind: 'email', value: email });
	return id === undefined ? {} : (await knownPerson(ledger, id, view)).attributes;
}

export interface PolicyInForce {
	compiled: CompiledPolicy;
	hash: string;
}

/** The policy in force under the name of the parameter; compiled once a run. */
export async function policyInForce(
	node: IExecuteFunctions,
	ledger: LedgerApi,
	index: number,
	cache: Map<string, PolicyInForce>,
): Promise<PolicyInForce> {
	const name = requiredText(node, 'policyName', 'Policy Name', index);
	const known = cache.get(name);
	if (known) return known;
	const version = await ledger.readPolicy({ name });
	if (!version) {
		throw new DomainError(
			'POLICY_INVALID',
			`Parameter "Policy Name": the ledger has no policy "${name.slice(0, 100)}" in force.`,
			'Check the name, or publish the policy by Access Policy.',
		);
	}
	const { policy, hash } = parsePolicy(version.source);
	const inForce = { compiled: compilePolicy(policy, hash), hash };
	cache.set(name, inForce);
	return inForce;
}

/** An instant that somebody wrote with its offset; a local time would mean something else on every machine. */
export function instantParameter(written: string): string {
	const milliseconds = /(?:Z|[+-]\d{2}:\d{2})$/.test(written) ? Date.parse(written) : Number.NaN;
	if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
	throw new DomainError(
		'INPUT_INVALID',
		'Parameter "Since" is no instant with an offset.',
		'Write it like 2026-11-20T09:00:00+01:00.',
	);
}

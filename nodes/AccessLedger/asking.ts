import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { AccessAsk, AskAnswer } from '../../core/governance';
import { DomainError, isDomainError } from '../../core/model';
import { parseAddress } from '../../core/policy';
import type { AccessAsked, AccessRecorded, LedgerApi } from '../../core/store';
import { ItemErrors } from '../runtime/item-errors';
import { toJson } from '../runtime/items';
import { ledgerOf } from '../runtime/ledger';
import { requiredText } from '../runtime/parameters';
import { knownPeople, peopleOf, unknownIdentity, type Person } from '../runtime/people';
import { computeInWorker } from '../runtime/policy-worker';
import { namesParameter, policyNamed, type PolicyInForce } from './given';

/** What one item asks for. */
export interface Asked {
	kind: AccessAsk['kind'];
	policyName: string;
	identityId: string;
	entitlements: string[];
	/** Who asks, e-mail address. */
	by: string;
	reason: string;
	owner?: string;
	/** As written. */
	until: string;
}

export type Allowed = AskAnswer & { allowed: true; entitlement: string };

/** One item that the policy allows, all of its entitlements. */
export interface Permitted extends Asked {
	allowed: Allowed[];
	person: Person;
	policyHash: string;
	/** The moment of the run (ISO instant). */
	now: string;
}

/** How an operation reads its items, what it writes for them, and what it gives out. */
export interface AskingOperation {
	/** Of an item; the fields that all operations share are read already. */
	read: (index: number) => Pick<Asked, 'kind' | 'by' | 'reason' | 'until'> & { owner?: string };
	record: (permitted: Permitted) => AccessAsked[];
	items: (recorded: AccessRecorded, permitted: Permitted) => object[];
}

/**
 * Asks for access, for all items at once: each is read, the policy is asked for all of them in the worker, and what it
 * allows is written in one transaction. Where the ledger refuses one, the others are written without it if the workflow
 * goes on.
 */
export async function askForAll(node: IExecuteFunctions, operation: AskingOperation): Promise<INodeExecutionData[][]> {
	const ledger = await ledgerOf(node);
	const items = new ItemErrors(node);
	const people = await peopleOf(node, ledger, items);
	const asked = items.each(people, (identityId, index): Asked => ({
		identityId,
		entitlements: namesParameter(node, 'entitlements', 'Entitlements', index),
		policyName: requiredText(node, 'policyName', 'Policy Name', index),
		...operation.read(index),
	}));
	const permitted = await permittedOf(ledger, items, asked);
	const recorded = await recordAll(ledger, items, permitted, operation);
	const output = [...recorded].flatMap(([index, results]) => {
		const own = permitted.get(index);
		if (own === undefined) return [];
		return results
			.flatMap((result) => operation.items(result, own))
			.map((json) => ({
				json: toJson({ ledger: ledger.id, ...json }),
				pairedItem: { item: index },
			}));
	});
	return [items.inOrder(output)];
}

/** What policies say, one question to the worker a policy. */
async function permittedOf(
	ledger: LedgerApi,
	items: ItemErrors,
	asked: ReadonlyMap<number, Asked>,
): Promise<Map<number, Permitted>> {
	const permitted = new Map<number, Permitted>();
	for (const name of new Set([...asked.values()].map(({ policyName }) => policyName))) {
		const own = new Map([...asked].filter(([, { policyName }]) => policyName === name));
		let inForce: PolicyInForce;
		try {
			inForce = await policyNamed(ledger, name);
		} catch (error) {
			for (const index of own.keys()) items.fail(index, error);
			continue;
		}
		for (const [index, each] of await askPolicy(ledger, items, inForce, own)) permitted.set(index, each);
	}
	return permitted;
}

async function askPolicy(
	ledger: LedgerApi,
	items: ItemErrors,
	{ policy, head }: PolicyInForce,
	asked: ReadonlyMap<number, Asked>,
): Promise<Map<number, Permitted>> {
	const now = new Date().toISOString();
	const addresses = [...asked.values()].map(({ by }) => addressOf(by));
	const requesters = await ledger.identitiesByKeys('email', [...new Set(addresses)]);
	const ids = [...[...asked.values()].map(({ identityId }) => identityId), ...requesters.values()];
	const people = await knownPeople(ledger, ids, head.view);
	const known = items.each(asked, (each) => {
		const person = people.get(each.identityId);
		if (person === undefined) throw unknownIdentity(each.identityId);
		const requesterId = requesters.get(addressOf(each.by));
		// Nothing is known of strangers, and what is not known holds no condition.
		const requester = person.addresses.includes(addressOf(each.by)) ? person : people.get(requesterId ?? '');
		return { ...each, person, requester: requester?.attributes ?? {} };
	});
	const asks = [...known.values()].flatMap((each) => each.entitlements.map((name) => askOf(each, name)));
	const answers = await computeInWorker('answerAsks', { policy, policyHash: head.hash, asks, now });
	let at = 0;
	return items.each(known, (each): Permitted => {
		const own = answers.slice(at, (at += each.entitlements.length));
		const allowed = own.map((answer, position): Allowed => {
			if (!answer.allowed) throw new DomainError(answer.code, answer.message, answer.remedy);
			return { ...answer, entitlement: each.entitlements[position] ?? '' };
		});
		return { ...each, allowed, policyHash: head.hash, now };
	});
}

function askOf(
	{ kind, person, requester, owner, until, by }: Asked & { person: Person; requester: Person['attributes'] },
	entitlement: string,
): AccessAsk {
	return {
		kind,
		entitlement,
		person: person.attributes,
		...(kind === 'request' && { requester }),
		...(owner !== undefined && { owner }),
		...(kind === 'break_glass' && { addresses: [...person.addresses, by] }),
		until,
	};
}

function addressOf(written: string): string {
	return parseAddress(written) ?? written.toLowerCase();
}

/** All of it in one transaction; where the ledger refuses something, item by item, so that the others are not lost. */
async function recordAll(
	ledger: LedgerApi,
	items: ItemErrors,
	permitted: ReadonlyMap<number, Permitted>,
	{ record }: AskingOperation,
): Promise<Map<number, AccessRecorded[]>> {
	const writes = [...permitted].map(([index, each]) => ({ index, asked: record(each) }));
	const recorded = new Map<number, AccessRecorded[]>();
	if (writes.length === 0) return recorded;
	try {
		const results = await ledger.recordAsked(writes.flatMap(({ asked }) => asked));
		let at = 0;
		for (const { index, asked } of writes) recorded.set(index, results.slice(at, (at += asked.length)));
		return recorded;
	} catch (error) {
		if (!isDomainError(error)) throw error;
		const [only] = writes;
		if (writes.length === 1 && only !== undefined) {
			items.fail(only.index, error);
			return recorded;
		}
	}
	for (const { index, asked } of writes) {
		try {
			recorded.set(index, await ledger.recordAsked(asked));
		} catch (error) {
			if (!isDomainError(error)) throw error;
			items.fail(index, error);
		}
	}
	return recorded;
}

import type { PatchOperation } from './diff';
import { elementPath } from './filter';
import type { MemberRemoveForm, MembershipLimits } from './profiles';
import type { WireOperation } from './write-forms';

/** One wanted change of one group. */
export interface MemberChange {
	kind: 'add' | 'remove';
	/** Id of the user in the application. */
	memberId: string;
}

/**
 * Shares changes out to as few requests as the application's limits allow, in their order but with removals first: a
 * seat that is freed can be taken in the same request.
 *
 * @param most changes in one request at most, whatever the application takes
 */
export function packChanges(
	changes: readonly MemberChange[],
	limits: Readonly<MembershipLimits>,
	most: number,
): MemberChange[][] {
	const removes = changes.filter(({ kind }) => kind === 'remove');
	const adds = changes.filter(({ kind }) => kind === 'add');
	const perRequest = Math.max(1, Math.min(most, limits.changesPerRequest));
	const requests: MemberChange[][] = [];
	const removalsEach = Math.max(1, Math.min(perRequest, removalsPerRequest(limits)));
	for (let from = 0; from < removes.length; from += removalsEach) {
		requests.push(removes.slice(from, from + removalsEach));
	}
	let next = 0;
	// The last request of removals may have room for adds.
	const last = requests.at(-1);
	if (last !== undefined && limits.mixing) {
		const operations = Math.max(0, limits.operationsPerRequest - removalOperations(last.length, limits.removeForm));
		next = Math.min(perRequest - last.length, operations * limits.valuesPerOperation, adds.length);
		last.push(...adds.slice(0, next));
	}
	const addsEach = Math.max(1, Math.min(perRequest, limits.operationsPerRequest * limits.valuesPerOperation));
	for (; next < adds.length; next += addsEach) requests.push(adds.slice(next, next + addsEach));
	return requests;
}

function removalsPerRequest({
	removesPerRequest,
	operationsPerRequest,
	valuesPerOperation,
	removeForm,
}: MembershipLimits): number {
	const perOperation = removeForm === 'filter' ? 1 : valuesPerOperation;
	return Math.min(removesPerRequest ?? Infinity, operationsPerRequest * perOperation);
}

function removalOperations(removals: number, form: MemberRemoveForm): number {
	return form === 'filter' ? removals : Math.min(1, removals);
}

/**
 * The operations of one request. Removals by `filter` name each member by its own path, so none can hit the others; the
 * other forms are used only where a vendor's documentation asks for them.
 */
export function memberOperations(
	changes: readonly MemberChange[],
	limits: Readonly<MembershipLimits>,
): WireOperation[] {
	const removed = changes.filter(({ kind }) => kind === 'remove').map(({ memberId }) => memberId);
	const added = changes.filter(({ kind }) => kind === 'add').map(({ memberId }) => memberId);
	return [...removals(removed, limits), ...additions(added, limits)];
}

function removals(ids: readonly string[], { removeForm }: Readonly<MembershipLimits>): WireOperation[] {
	if (ids.length === 0) return [];
	const value = ids.map((id) => ({ value: id }));
	if (removeForm === 'value') return [{ op: 'remove', path: 'members', value }];
	if (removeForm === 'nested') return [{ op: 'remove', value: { members: value } }];
	return ids.map((id) => ({ op: 'remove', path: elementPath('members', id) }));
}

function additions(ids: readonly string[], { valuesPerOperation }: Readonly<MembershipLimits>): WireOperation[] {
	const width = Math.max(1, valuesPerOperation);
	return Array.from({ length: Math.ceil(ids.length / width) }, (_, index) => ({
		op: 'add' as const,
		path: 'members',
		value: ids.slice(index * width, (index + 1) * width).map((id) => ({ value: id })),
	}));
}

/** Members that stay, as one replacement: for servers that carry out no other removal. */
export function restOperation(stay: Iterable<string>): PatchOperation {
	return { op: 'replace', path: 'members', value: [...stay].map((id) => ({ value: id })) };
}

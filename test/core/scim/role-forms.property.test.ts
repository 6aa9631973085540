import fc from 'fast-check';
import type { Answer, Fault, SeenRequest } from './support/fault-proxy';
import { isElement, isList, operationsOf, rolesOn, type Operation } from './support/role-stage';
import { Stage } from './support/stage';

const stage = Stage.set();
const { give, take, withRoles, rolesOf } = rolesOn(stage);

const NAMES = ['Create', 'Approve', 'the "A" role', 'r-7'];
const AUDITOR = { value: 'x-1', display: 'Auditor', primary: true };

type Habit = 'carried out' | 'ignored' | 'refused' | 'failed';
const habit = fc.constantFrom<Habit>('carried out', 'carried out', 'ignored', 'refused', 'failed');
const habits = fc.record({ element: habit, list: habit, nested: habit, put: habit, clears: fc.boolean() });
const change = fc.tuple(fc.constantFrom<'give' | 'take'>('give', 'take'), fc.constantFrom(...NAMES));

const ANSWERS: Readonly<Record<Exclude<Habit, 'carried out'>, Answer>> = {
	ignored: { status: 200, body: '{}' },
	refused: { status: 400, body: '{}' },
	failed: { status: 500, body: '{}' },
};

/** A server that takes some forms, and where it takes removals of one element, may take all others along. */
function play({
	element,
	list,
	nested,
	put,
	clears,
}: Record<'element' | 'list' | 'nested' | 'put', Habit> & { clears: boolean }) {
	return (request: SeenRequest): Fault => {
		if (request.method === 'GET') return undefined;
		const operations = request.method === 'PATCH' ? operationsOf(request) : [];
		const is = (test: (operation: Operation) => boolean): boolean => operations.some(test);
		const form =
			request.method === 'PUT' ? put : is(isElement) ? element : is(isList) || is(removesAll) ? list : nested;
		if (form !== 'carried out') return ANSWERS[form];
		if (!clears || !operations.some(({ path }) => path?.includes('[') === true)) return undefined;
		const Operations = operations.map((each) =>
			each.path?.includes('[') === true ? { op: 'remove', path: 'roles' } : each,
		);
		const body = JSON.stringify({ ...(JSON.parse(request.body) as object), Operations });
		return { forward: { body }, rewrite: (answer) => answer };
	};
}

function removesAll({ op, path }: Operation): boolean {
	return op === 'remove' && path === 'roles';
}

test('whatever forms a server takes: what is verified holds, no other role is lost, none is there twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			habits,
			fc.subarray(NAMES),
			fc.uniqueArray(change, { selector: ([, role]) => role, minLength: 1 }),
			async (habit_, before, changes) => {
				stage.server.reset();
				stage.proxy.reset();
				stage.ledger.open.clear();
				const id = withRoles(AUDITOR, ...before.map((value) => ({ value })));
				for (const [kind, role] of changes) (kind === 'give' ? give : take)(role);
				stage.proxy.fault(play(habit_));
				const { results } = await stage.apply();
				const values = (rolesOf(id) as Array<{ value: string }>).map(({ value }) => value);
				expect(new Set(values).size).toBe(values.length);
				for (const { outcome, content } of results) {
					const wanted = content.operation === 'assign_role';
					if (outcome === 'verified') expect(values.includes(content.target ?? '')).toBe(wanted);
				}
				const touched = new Set(changes.map(([, role]) => role));
				expect(rolesOf(id)).toContainEqual(AUDITOR);
				expect(values).toEqual(expect.arrayContaining(before.filter((role) => !touched.has(role))));
				if (habit_.put === 'carried out') expect(results.every(({ outcome }) => outcome === 'verified')).toBe(true);
				expect(stage.server.users.get(id)).toMatchObject({ title: 'Kept', active: true });
			},
		),
		{ numRuns: 150 },
	);
}, 120_000);

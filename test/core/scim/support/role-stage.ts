import type { Fault, SeenRequest } from './fault-proxy';
import type { Stage } from './stage';

export const ANN = 'ann@x.example';

export interface Operation {
	op: string;
	path?: string;
	value?: unknown;
}

/** Giving and taking roles on a stage. */
export function rolesOn(stage: Stage) {
	const sent = (): Operation[][] => stage.proxy.writes().map(operationsOf);
	return {
		give: (role: string, email = ANN): string => stage.forPerson(email, 'assign_role', { target: role }),
		take: (role: string, email = ANN): string => stage.forPerson(email, 'remove_role', { target: role }),
		/** Ann's account. */
		withRoles: (...roles: object[]): string => stage.server.addUser({ userName: ANN, title: 'Kept', roles }),
		rolesOf: (id: string, name = 'roles'): unknown => stage.server.users.get(id)?.[name] ?? [],
		writes: (): string[] => stage.proxy.writes().map(({ method, path }) => `${method} ${path}`),
		operations: sent,
		/** A second run finds everything in place. */
		async expectNothingLeft(): Promise<void> {
			stage.proxy.reset();
			const again = await stage.apply();
			expect(again.results.map(({ outcome }) => outcome)).toEqual(again.results.map(() => 'verified'));
			expect(stage.proxy.writes()).toEqual([]);
		},
	};
}

export const isPatch = ({ method }: SeenRequest): boolean => method === 'PATCH';

export function operationsOf({ body }: SeenRequest): Operation[] {
	return (JSON.parse(body) as { Operations: Operation[] }).Operations;
}

/** Operations that name each role by itself. */
export const isElement = ({ op, path }: Operation): boolean =>
	path !== undefined && (op === 'add' || path.includes('['));
/** Operations that write the whole list. */
export const isList = ({ op, path }: Operation): boolean => op === 'replace' && path === 'roles';

/** Forms that are refused, or answered 200 and not carried out. */
export function never(answer: Fault, ...forms: Array<(operation: Operation) => boolean>) {
	return (request: SeenRequest): Fault =>
		isPatch(request) && operationsOf(request).some((operation) => forms.some((form) => form(operation)))
			? answer
			: undefined;
}

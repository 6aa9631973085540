import type { DataFinding } from '../model';

/** The finding on somebody whose chain of managers comes back to them after so many steps. */
export function managerFinding(steps: number, identityId: string): DataFinding {
	return {
		code: 'MANAGER_CYCLE',
		level: 'warning',
		identityId,
		field: 'manager',
		message:
			steps === 1
				? 'The person is their own manager.'
				: `The chain of managers comes back to the person after ${steps} steps.`,
		remedy:
			'Correct the manager of one of them at its source. Until then approvals by "manager" may be asked of the wrong person.',
	};
}

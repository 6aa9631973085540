import type { LifecycleEventType } from '../model';

/** Kinds of events as people and systems call them, in lower case without anything but letters. */
const KINDS: Readonly<Record<LifecycleEventType, readonly string[]>> = {
	hire: [
		'hire',
		'hired',
		'newhire',
		'joiner',
		'join',
		'joined',
		'onboarding',
		'onboard',
		'employeehired',
		'employeecreated',
		'created',
	],
	change: [
		'change',
		'changed',
		'update',
		'updated',
		'mover',
		'move',
		'moved',
		'transfer',
		'transferred',
		'promotion',
		'promoted',
		'namechange',
		'managerchange',
		'departmentchange',
		'rolechange',
		'titlechange',
		'jobchange',
		'locationchange',
		'levelchange',
		'emailchange',
		'employmenttypechange',
		'demotion',
		'datachange',
		'employeeupdated',
	],
	leave: [
		'leave',
		'leaver',
		'left',
		'termination',
		'terminate',
		'terminated',
		'resignation',
		'resigned',
		'offboarding',
		'offboard',
		'dismissal',
		'retirement',
		'employeeterminated',
	],
	rehire: ['rehire', 'rehired', 'return', 'returned', 'reinstated', 'reinstatement'],
	'contractor.start': ['contractorstart', 'contractorstarted', 'contractorjoin', 'contractorhire', 'engagementstart'],
	'contractor.extend': [
		'contractorextend',
		'contractorextended',
		'contractorextension',
		'contractorrenewal',
		'engagementextension',
	],
	'contractor.end': ['contractorend', 'contractorended', 'contractorleave', 'contractortermination', 'engagementend'],
	cancel: [
		'cancel',
		'cancelled',
		'canceled',
		'cancellation',
		'rescind',
		'rescinded',
		'revoke',
		'void',
		'withdraw',
		'withdrawn',
	],
	correct: ['correct', 'corrected', 'correction', 'replace', 'amend'],
	signal: ['signal', 'attribute', 'risk', 'threat', 'posture', 'devicesignal'],
};

const TYPE_BY_WORD: ReadonlyMap<string, LifecycleEventType> = new Map(
	(Object.keys(KINDS) as LifecycleEventType[]).flatMap((type) => KINDS[type].map((word) => [word, type] as const)),
);

export const LIFECYCLE_EVENT_TYPES = Object.keys(KINDS) as LifecycleEventType[];

/** The type that a word means: `joiner`, `New Hire`, `contractor_end`, `employee.terminated`. */
export function eventTypeOf(word: string): LifecycleEventType | undefined {
	return TYPE_BY_WORD.get(word.toLowerCase().replace(/[^a-z]/g, ''));
}

/** Other names under which members come; the first is ours. */
export const EVENT_MEMBERS: Readonly<Record<string, readonly string[]>> = {
	id: ['eventId', 'event_id'],
	source: ['system'],
	type: ['kind', 'event', 'eventType', 'event_type'],
	createdAt: [
		'created_at',
		'recordedAt',
		'recorded_at',
		'occurredAt',
		'occurred_at',
		'timestamp',
		'enteredAt',
		'createdDate',
	],
	effectiveAt: [
		'effective_at',
		'effective',
		'effectiveDate',
		'effective_date',
		'effectiveFrom',
		'effective_from',
		'validFrom',
	],
	zone: ['timezone', 'timeZone', 'time_zone'],
	person: ['employee', 'worker', 'subject'],
	attributes: ['changes', 'data', 'fields'],
	refersTo: ['refers_to', 'cancels', 'corrects', 'originalId', 'original_id'],
	until: ['effectiveUntil', 'effective_until', 'validUntil', 'expiresAt', 'expires', 'expires_at'],
	immediate: ['immediately'],
	inferred: [],
};

export const PERSON_MEMBERS: Readonly<Record<string, readonly string[]>> = {
	hrId: ['hr_id', 'hrID', 'employeeId', 'employee_id', 'employeeNumber', 'workerId', 'worker_id', 'personId', 'id'],
	email: ['mail', 'emailAddress', 'email_address', 'workEmail', 'work_email'],
	previousEmail: ['previous_email', 'oldEmail', 'old_email', 'formerEmail'],
	previousHrId: ['previous_hr_id', 'oldHrId', 'formerHrId', 'previousEmployeeId'],
	nationalId: ['national_id', 'nationalID', 'ssn', 'taxId'],
	nationalIdHash: ['national_id_hash'],
	birthDate: ['birth_date', 'dateOfBirth', 'date_of_birth', 'birthday', 'dob'],
	// Names are attributes that people write beside the keys.
	firstName: ['first_name', 'givenName', 'given_name'],
	lastName: ['last_name', 'familyName', 'family_name', 'surname'],
	displayName: ['display_name', 'name', 'fullName', 'full_name'],
};

/** Notes that senders add for themselves: let through, not kept. */
export const IGNORED_MEMBERS: ReadonlySet<string> = new Set([
	'note',
	'notes',
	'comment',
	'reason',
	'metadata',
	'meta',
	'version',
	'deliveryId',
	'deliveryAttempt',
	'attempt',
	'$schema',
]);

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	LIFECYCLE_EVENT_TYPES,
	lifecycleEventOfRow,
	parseLifecycleEvent,
	type RowReading,
} from '../../../core/ingress';
import { isDomainError, sha256, type DomainError } from '../../../core/model';

const PARSING = { zone: 'Europe/Berlin', receivedAt: '2026-11-20T09:00:00.000Z' };
const parse = (event: unknown) => parseLifecycleEvent(event, PARSING);
const hire = (more: Record<string, unknown> = {}) => ({ id: 'e1', type: 'hire', person: { hrId: '7' }, ...more });

function refusalOf(run: () => unknown): DomainError {
	try {
		run();
	} catch (error) {
		if (isDomainError(error)) return error;
		throw error;
	}
	throw new Error('It was accepted.');
}

describe('a lifecycle event', () => {
	it('comes out as the model has it', () => {
		const event = {
			id: 4711,
			type: 'joiner',
			createdAt: '2026-11-20T10:00:00+01:00',
			effectiveAt: '2027-01-04',
			zone: 'Europe/Berlin',
			person: {
				employeeId: 1042,
				email: ' Ada@Example.com ',
				birthDate: '1985-12-10',
				nationalId: '12 345-A',
				firstName: 'Ada',
			},
			attributes: { department: 'Engineering', level: 3, remote: true, tags: ['core'], title: ' ' },
		};
		expect(parse(event)).toEqual({
			id: '4711',
			source: 'hris',
			type: 'hire',
			createdAt: '2026-11-20T09:00:00.000Z',
			effectiveAt: '2027-01-03T23:00:00.000Z',
			person: { hrId: '1042', email: 'ada@example.com', birthDate: '1985-12-10', nationalIdHash: sha256('12345A') },
			attributes: { firstName: 'Ada', department: 'Engineering', level: 3, remote: true, tags: ['core'], title: null },
		});
	});

	it.each([
		['joiner', 'hire', 'hris'],
		['New Hire', 'hire', 'hris'],
		['mover', 'change', 'hris'],
		['nameChange', 'change', 'hris'],
		['manager_change', 'change', 'hris'],
		['leaver', 'leave', 'hris'],
		['employee.terminated', 'leave', 'hris'],
		['rehire', 'rehire', 'hris'],
		['contractorStart', 'contractor.start', 'vms'],
		['contractor_extension', 'contractor.extend', 'vms'],
		['contractor.end', 'contractor.end', 'vms'],
		['signal', 'signal', 'signal'],
	])('called %s is a %s from %s', (word, type, source) => {
		expect(parse(hire({ type: word, attributes: { a: 1 } }))).toMatchObject({ type, source });
	});

	it.each([
		['leave', '2026-10-25', '2026-10-25T23:00:00.000Z'],
		['leave', '2027-03-28', '2027-03-28T22:00:00.000Z'],
		['leave', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
		['hire', '2026-10-25T02:30', '2026-10-25T01:30:00.000Z'],
		['hire', '2026-12-01T09:00:00-05:00', '2026-12-01T14:00:00.000Z'],
		['leave', 'immediately', '2026-11-20T09:00:00.000Z'],
	])('%s effective %s is at %s', (type, effectiveAt, instant) => {
		expect(parse(hire({ type, effectiveAt })).effectiveAt).toBe(instant);
	});

	it('of somebody elsewhere reads dates there', () => {
		const move = hire({ type: 'mover', effectiveAt: '2026-12-01', attributes: { zone: 'America/New_York' } });
		expect(parse(move).effectiveAt).toBe('2026-12-01T05:00:00.000Z');
	});

	it('a leave at once is immediate, one with a date is not', () => {
		expect(parse(hire({ type: 'leave', effectiveAt: 'now' })).immediate).toBe(true);
		expect(parse(hire({ type: 'leave', effectiveAt: '2026-12-31' }))).not.toHaveProperty('immediate');
	});

	it('takes first and last days where it has no other date', () => {
		expect(parse(hire({ attributes: { startDate: '2027-01-04' } })).effectiveAt).toBe('2027-01-03T23:00:00.000Z');
		expect(parse(hire({ type: 'contractorEnd', attributes: { endDate: '2026-12-31' } })).effectiveAt).toBe(
			'2026-12-31T23:00:00.000Z',
		);
	});

	it('the end of an engagement is its end date', () => {
		const extension = hire({ type: 'contractorExtension', effectiveAt: '2026-12-01', until: '2027-06-30' });
		expect(parse(extension)).toMatchObject({ attributes: { endDate: '2027-06-30' } });
		expect(parse(extension)).not.toHaveProperty('until');
		const byHour = hire({ type: 'contractorStart', until: '2027-06-30T12:00:00Z' });
		expect(parse(byHour)).toMatchObject({ attributes: { endDate: '2027-06-30' }, until: '2027-06-30T12:00:00.000Z' });
	});

	it('a cancellation needs no person, only what it is about', () => {
		expect(parse({ id: 'c1', type: 'cancel', refersTo: 'e1' })).toMatchObject({
			type: 'cancel',
			refersTo: 'e1',
			person: {},
		});
		expect(refusalOf(() => parse({ id: 'c1', type: 'cancel' })).message).toContain('"refersTo"');
	});

	it('is refused with every fault named, never with a value', () => {
		const faulty = {
			id: '',
			type: 'promoted to customer',
			efectiveAt: '2026-12-01',
			createdAt: 'yesterday',
			person: { hrId: '7', email: 'secret', birthDate: '1985-02-30', salary: 1 },
			attributes: { employment: 'x', endDate: 'soon', 'a b': 1, ok: { deep: 1 } },
		};
		const { code, message } = refusalOf(() => parse(faulty));
		expect(code).toBe('INPUT_INVALID');
		for (const part of [
			'"id"',
			'"type" must be one of hire',
			'"efectiveAt" is not known',
			'"createdAt"',
			'"person.email"',
			'"person.birthDate"',
			'"person.salary" is not known',
			'"attributes.ok"',
		]) {
			expect(message).toContain(part);
		}
		expect(message).not.toContain('secret');
		const { message: attributes } = refusalOf(() =>
			parse(hire({ attributes: { employment: 'x', endDate: 'soon', 'a b': 1, zone: 'Mars' } })),
		);
		for (const part of [
			'"attributes.employment" is reserved',
			'"attributes.endDate"',
			'"attributes.a b"',
			'"attributes.zone"',
		])
			expect(attributes).toContain(part);
	});

	it.each([
		['without a key', hire({ person: { birthDate: '1985-12-10' } }), 'must have a key'],
		['with a key that looks like another', hire({ person: { email: 'аda@example.com' } }), '"person.email"'],
		[
			'with the same member under two names',
			hire({ effectiveAt: '2026-01-01', effectiveDate: '2026-01-02' }),
			'given twice',
		],
		['that changes nothing', hire({ type: 'change' }), 'must say what changes'],
		['from a contract', hire({ source: 'contract' }), '"source"'],
	])('%s is refused', (_, event, part) => {
		expect(refusalOf(() => parse(event)).message).toContain(part);
	});

	it('whatever comes is read or refused, and never breaks', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.jsonValue(),
					fc.record({ id: fc.string(), type: fc.constant('hire'), person: fc.jsonValue(), attributes: fc.jsonValue() }),
				),
				(input) => {
					try {
						parse(input);
					} catch (error) {
						expect(isDomainError(error)).toBe(true);
					}
				},
			),
		);
	});
});

describe('the page on lifecycle events', () => {
	const page = readFileSync(join(__dirname, '../../../docs/lifecycle.md'), 'utf8');
	const examples = page.split('\n').filter((line) => line.startsWith('{ "id"'));

	it('has an example of each type, and all of them are read', () => {
		const types = examples.map((example) => parse(JSON.parse(example)).type);
		expect(new Set(types)).toEqual(new Set(LIFECYCLE_EVENT_TYPES));
		const first = page.slice(page.indexOf('```json') + 7);
		expect(parse(JSON.parse(first.slice(0, first.indexOf('```')))).effectiveAt).toBe('2027-01-03T23:00:00.000Z');
	});
});

describe('a row of a feed', () => {
	const row = {
		'Employee ID': '1042',
		Email: 'ada@example.com',
		'First Name': 'Ada',
		Abteilung: 'Sales',
		'Start Date': '2026-12-01',
		'Employment Type': 'full-time',
	};
	const reading: RowReading = {
		...PARSING,
		change: 'new',
		snapshot: '2',
		keyColumn: 'Employee ID',
		columns: { Abteilung: 'department' },
		source: 'hris',
	};

	it('that is new is a hire from its start date', () => {
		expect(lifecycleEventOfRow(row, reading)).toMatchObject({
			type: 'hire',
			effectiveAt: '2026-11-30T23:00:00.000Z',
			person: { hrId: '1042', email: 'ada@example.com' },
			attributes: { firstName: 'Ada', department: 'Sales', employmentType: 'full-time', startDate: '2026-12-01' },
		});
		expect(lifecycleEventOfRow({ ...row, 'Employment Type': 'Contractor' }, reading)?.type).toBe('contractor.start');
	});

	it('that changed says what differs, and what is gone', () => {
		const now = { ...row, Email: 'ada.king@example.com', Abteilung: 'Finance', 'Start Date': '' };
		const event = lifecycleEventOfRow(now, { ...reading, change: 'changed', previous: row });
		expect(event).toMatchObject({
			type: 'change',
			effectiveAt: PARSING.receivedAt,
			person: { hrId: '1042', email: 'ada.king@example.com', previousEmail: 'ada@example.com' },
		});
		expect(event?.attributes).toEqual({ department: 'Finance', startDate: null, firstName: 'Ada' });
	});

	it('that vanished is a leave that nobody said', () => {
		expect(lifecycleEventOfRow(row, { ...reading, change: 'vanished' })).toMatchObject({
			type: 'leave',
			inferred: true,
			person: { hrId: '1042', email: 'ada@example.com' },
			attributes: {},
		});
	});

	it('has the same id in the same snapshot only', () => {
		const id = (snapshot: string) => lifecycleEventOfRow(row, { ...reading, snapshot })?.id;
		expect(id('2')).toBe(id('2'));
		expect(id('3')).not.toBe(id('2'));
	});

	it('without its key is refused', () => {
		expect(refusalOf(() => lifecycleEventOfRow({ ...row, 'Employee ID': '' }, reading)).message).toContain(
			'key column',
		);
	});
});

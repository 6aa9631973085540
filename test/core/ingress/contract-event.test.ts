import fc from 'fast-check';
import { CONTRACT_EVENT_TYPES, externalEventHash, parseContractEvent } from '../../../core/ingress';
import { isDomainError, type DomainError } from '../../../core/model';

const event = (more: Record<string, unknown> = {}) => ({
	id: 'evt-2026-0017',
	type: 'contract.amended',
	occurredAt: '2026-11-20T10:00:00+01:00',
	contract: { id: 'MSA 2026/14', kind: 'services', attributes: { project: 'apollo', seats: 25, auto: true } },
	before: { format: 'markdown', text: '# Agreement' },
	after: { format: 'markdown', text: '# Agreement, amended' },
	...more,
});

function refusalOf(body: unknown): DomainError {
	try {
		parseContractEvent(body);
	} catch (error) {
		if (isDomainError(error)) return error;
		throw error;
	}
	throw new Error('The event was accepted.');
}

describe('a contract event', () => {
	it('comes out with instants in UTC and without members nobody knows', () => {
		const amendment = { id: 'A1', number: 1, signedAt: '2026-11-19T23:30:00-01:00', extra: 1 };
		const parsed = parseContractEvent(event({ amendment, deliveryAttempt: 3 }));
		expect(parsed).toEqual({
			...event(),
			occurredAt: '2026-11-20T09:00:00.000Z',
			amendment: { id: 'A1', number: '1', signedAt: '2026-11-20T00:30:00.000Z' },
		});
	});

	it.each(CONTRACT_EVENT_TYPES)('may be %s, also without a version before', (type) => {
		const { before: _, ...withoutBefore } = event({ type });
		const parsed = parseContractEvent(withoutBefore);
		expect(parsed.type).toBe(type);
		expect(Object.keys(parsed)).not.toContain('before');
	});

	it('may use words of any language', () => {
		const title = 'قرارداد خدمات می‌شود – 契約 №1';
		expect(parseContractEvent(event({ contract: { id: 'Müller & Söhne #7', title } })).contract.title).toBe(title);
	});

	it('names every faulty member at once, with what it must be', () => {
		const error = refusalOf({
			id: 'x',
			type: 'contract.burnt',
			occurredAt: '2026-11-20',
			contract: {},
			after: { format: 'pdf', text: '' },
		});
		expect(error.code).toBe('INPUT_INVALID');
		for (const part of [
			'"type" must be one of contract.signed',
			'"occurredAt" must be an ISO 8601 instant',
			'"contract.id" must be 1 to 200',
			'"after.format" must be "markdown" or "text"',
			'"after.text" must not be empty',
		]) {
			expect(error.message).toContain(part);
		}
		expect(error.remedy).toContain('send the event again');
	});

	it.each([
		['a control character', 'evt\u00001'],
		['a line break', 'evt\n1'],
		['a bidirectional override', 'evt\u202e1'],
		['a space at its end', 'evt '],
		['nothing in it', ''],
		['too much in it', 'x'.repeat(201)],
	])('is refused for an id with %s', (_, id) => {
		expect(refusalOf(event({ id })).message).toContain('"id" must be 1 to 200 printable characters');
	});

	it.each([
		['no object', 'text', '"body" must be a JSON object'],
		['null', null, '"body" must be a JSON object'],
		['a list', [event()], '"body" must be a JSON object'],
		['an impossible date', event({ effectiveAt: '2026-02-30T00:00:00Z' }), '"effectiveAt"'],
		['a document over the limit', event({ after: { format: 'text', text: 'x'.repeat(2_000_001) } }), '"after.text"'],
		['a broken surrogate', event({ after: { format: 'text', text: 'a\ud800b' } }), '"after.text"'],
		['a nested attribute', event({ contract: { id: 'c', attributes: { a: {} } } }), '"contract.attributes.a"'],
		[
			'an attribute with a strange name',
			event({ contract: { id: 'c', attributes: { 'a b': 1 } } }),
			'contract.attributes',
		],
		[
			'51 attributes',
			event({
				contract: { id: 'c', attributes: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, 1])) },
			}),
			'at most 50',
		],
	])('is refused when it is %s', (_, body, message) => {
		expect(refusalOf(body).message).toContain(message);
	});

	it('never repeats what it was sent, however hostile', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 4 }), (text) => {
				const secret = `S3CRET${text}`;
				const body = {
					id: `${secret}\n`,
					type: secret,
					occurredAt: secret,
					contract: secret,
					after: { format: secret },
				};
				expect(refusalOf(body).message).not.toContain('S3CRET');
			}),
		);
		const name = `${'k'.repeat(500)}\u001b[31m`;
		const error = refusalOf(event({ contract: { id: 'c', attributes: { [name]: 1 } } }));
		expect(error.message).not.toContain('\u001b');
		expect(error.message.length).toBeLessThan(400);
	});

	it('takes JSON that reaches for prototypes as a faulty name or as plain data', () => {
		const attributes = (text: string) =>
			parseContractEvent(event({ contract: JSON.parse(`{"id":"c","attributes":${text}}`) }));
		const parsed = attributes('{"__proto__":{"project":"x"},"project":"apollo"}').contract.attributes ?? {};
		expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
		expect(Object.entries(parsed)).toEqual([['project', 'apollo']]);
		expect(Object.entries(attributes('{"constructor":"y"}').contract.attributes ?? {})).toEqual([['constructor', 'y']]);
		expect(({} as Record<string, unknown>).project).toBeUndefined();
	});
});

describe('the hash of an event', () => {
	it('is the same for a re-delivery and another for other content under the same id', () => {
		const first = externalEventHash(parseContractEvent(event({ deliveryAttempt: 1 })));
		const again = externalEventHash(
			parseContractEvent(event({ deliveryAttempt: 2, occurredAt: '2026-11-20T09:00:00Z' })),
		);
		const other = externalEventHash(parseContractEvent(event({ after: { format: 'markdown', text: '# Other' } })));
		expect(first).toMatch(/^[0-9a-f]{64}$/);
		expect(again).toBe(first);
		expect(other).not.toBe(first);
	});
});

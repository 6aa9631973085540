import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DomainError } from '../../../core/model';
import { inWords } from '../../../nodes/Scim/direct/error-words';

const PAGE = readFileSync(path.resolve(__dirname, '../../../docs/nodes/scim.md'), 'utf8');
/** RFC 7644 §3.12, table 9. */
const SCIM_TYPES = [
	'invalidFilter',
	'tooMany',
	'uniqueness',
	'mutability',
	'invalidSyntax',
	'invalidPath',
	'noTarget',
	'invalidValue',
	'invalidVers',
	'sensitive',
];
const STATUSES = [400, 401, 403, 404, 405, 409, 412, 413, 415, 429, 500, 501, 503];
const OWN = 'Check the attribute mapping of the policy.';

const answered = (status: number, scimType?: string) =>
	new DomainError('SCIM_FAILED', `POST /Users was answered ${status}.`, OWN, {
		status,
		ambiguous: false,
		...(scimType === undefined ? {} : { scimType }),
	});
const remedy = (error: unknown) => (error as DomainError).remedy;

describe('what applications refuse', () => {
	it.each(SCIM_TYPES)('is explained by scimType: %s', (scimType) => {
		const told = inWords(answered(400, scimType));
		expect(remedy(told)).not.toBe(OWN);
		expect(remedy(told)).not.toBe(remedy(inWords(answered(400))));
		expect(told).toMatchObject({ message: 'POST /Users was answered 400.', details: { status: 400, scimType } });
		expect(PAGE).toContain(`\`${scimType}\``);
	});

	it.each(STATUSES)('is explained by status: %d', (status) => {
		expect(remedy(inWords(answered(status)))).not.toBe(OWN);
		expect(remedy(inWords(answered(status, 'somethingNew')))).toBe(remedy(inWords(answered(status))));
		expect(PAGE).toMatch(new RegExp(`^\\| [^|]*\\b${status}\\b`, 'm'));
	});

	it('keeps its own remedy where nothing was answered, or nothing better is known', () => {
		const silent = new DomainError('SCIM_FAILED', 'No answer.', 'Check the network.', { sent: true });
		expect(inWords(silent)).toBe(silent);
		const odd = answered(418);
		expect(inWords(odd)).toBe(odd);
		const other = new DomainError('LEDGER_REFUSED', 'No.', 'Ask.');
		expect(inWords(other)).toBe(other);
		expect(inWords('text')).toBe('text');
	});
});

import { lintPolicy, notReady } from '../../../core/policy';

const ASOF = '2026-11-20T09:00:00.000Z';

/** The CRM is clean; in the ERP two rules together break a separation, which the linter warns about. */
function policy(erp: string, more = ''): string {
	return `policy: acme
zone: Europe/Berlin
attributes: { department: { type: text, owner: hr@acme.example }, level: { type: number, owner: hr@acme.example } }
applications:
  crm: { connector: scim, owner: it@acme.example, enforcement: record }
  erp: { connector: scim, owner: it@acme.example, ${erp} }
entitlements:
  crm/user: { app: crm, account: true }
  erp/create: { app: erp, group: create }
  erp/approve: { app: erp, group: approve }
rules:
  - { id: sales, when: { department: Sales }, grant: [crm/user], owner: hr@acme.example }
  - { id: finance, when: { department: Finance }, grant: [erp/create], owner: hr@acme.example }
  - { id: leads, when: { level: { gte: 5 } }, grant: [erp/approve], owner: hr@acme.example }
separationOfDuties: [{ id: four-eyes, any: [erp/create], with: [erp/approve], action: block }]
guards: { maxInferredRevokes: 100, maxLeavers: 50 }
${more}`;
}
const accept = (until: string, about = '') =>
	`enforcement: enforce, accept: [{ finding: SOD_REACHABLE, ${about} until: ${until}, owner: cfo@acme.example, reason: Split there }]`;
const codes = (before: string | undefined, after: string, asOf = ASOF) =>
	notReady(before, after, asOf).map(({ application, findings }) => [application, ...findings.map(({ code }) => code)]);

const RECORD = policy('enforcement: record');
const ENFORCE = policy('enforcement: enforce');

describe('enforcement of an application', () => {
	it('does not start while the linter warns of something that concerns it', () => {
		expect(lintPolicy(ENFORCE).filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(codes(RECORD, ENFORCE)).toEqual([['erp', 'SOD_REACHABLE']]);
		expect(codes(policy('enforcement: approve'), ENFORCE)).toEqual([['erp', 'SOD_REACHABLE']]);
		// Without the key an application is enforced as well.
		expect(codes(RECORD, policy('sla: P1D'))).toEqual([['erp', 'SOD_REACHABLE']]);
		expect(codes(undefined, ENFORCE)).toEqual([['erp', 'SOD_REACHABLE']]);
	});

	it('is not held up by what concerns another application, nor by notes', () => {
		const crm = (text: string) => text.replace('it@acme.example, enforcement: record }', 'it@acme.example }');
		expect(codes(RECORD, crm(RECORD))).toEqual([]);
		expect(lintPolicy(crm(RECORD)).length).toBeGreaterThan(0);
	});

	it('is held up by what concerns all of them', () => {
		const crm = RECORD.replace('it@acme.example, enforcement: record }', 'it@acme.example }');
		expect(codes(RECORD, crm.replace('{ maxInferredRevokes: 100, maxLeavers: 50 }', '{ maxLeavers: 50 }'))).toEqual([
			['crm', 'GUARDS_MISSING'],
		]);
	});

	it('starts where somebody answers for the findings, until they end', () => {
		const accepted = policy(accept('2026-12-31'));
		expect(codes(RECORD, accepted)).toEqual([]);
		expect(codes(RECORD, accepted, '2026-12-31T22:59:59.999Z')).toEqual([]);
		expect(codes(RECORD, accepted, '2026-12-31T23:00:00.000Z')).toEqual([['erp', 'EXPIRED', 'SOD_REACHABLE']]);
		expect(codes(RECORD, policy(accept('2026-12-31', 'about: four-eyes,')))).toEqual([]);
		expect(codes(RECORD, policy(accept('2026-12-31', 'about: other,')))).toEqual([['erp', 'SOD_REACHABLE']]);
	});

	it('goes on where it is enforced already, and an application that never was on the ladder is not put on it', () => {
		expect(codes(ENFORCE, ENFORCE)).toEqual([]);
		expect(codes(policy('sla: P1D'), ENFORCE)).toEqual([]);
		expect(codes(undefined, policy('sla: P1D'))).toEqual([]);
		expect(codes(RECORD, RECORD)).toEqual([]);
	});
});

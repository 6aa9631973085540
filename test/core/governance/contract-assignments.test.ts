import fc from 'fast-check';
import { contractAssignments, TermCache, versionsInForce, type ContractVersionState } from '../../../core/governance';
import { sha256, type Identity } from '../../../core/model';
import { compilePolicy, parsePolicy } from '../../../core/policy';

const POLICY = `
policy: vendor
zone: Europe/Berlin
attributes:
  department: { type: text }
applications:
  crm: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  crm/member: { app: crm, account: true }
  crm/eu: { app: crm, group: EU }
  crm/us: { app: crm, group: US }
roles: {}
terms:
  endDate: { type: date, clause: Term }
  users: { type: table, schedule: Authorised Users, key: Email }
contracts:
  - { id: all, when: { contract.status: active }, subjects: terms.users, grant: [crm/member], until: terms.endDate }
  - { id: us, when: { contract.status: active, row.region: US }, subjects: terms.users, grant: [crm/us], until: terms.endDate }
`;

const compiled = compilePolicy(parsePolicy(POLICY).policy);

function text(rows: readonly string[], until = '31 December 2027'): string {
	return [
		'# Services Agreement',
		'',
		'## 1. Term',
		'',
		`This Agreement ends on ${until}.`,
		'',
		'## Schedule A: Authorised Users',
		'',
		'| Email | Region |',
		'| --- | --- |',
		...rows,
		'',
	].join('\n');
}

function version(changed: Partial<ContractVersionState> & { text?: string } = {}): ContractVersionState {
	const { text: given, ...rest } = changed;
	const body = given ?? text(['| ana@vendor.example | EU |']);
	return {
		eventId: 'evt_1',
		type: 'contract.signed',
		header: { id: 'C-1', status: 'active' },
		document: { sha256: sha256(body), format: 'markdown', text: body },
		effectiveAt: '2026-01-01T00:00:00.000Z',
		occurredAt: '2026-01-01T00:00:00.000Z',
		...rest,
	};
}

const ANA: Identity = { id: 'idn_ana', keys: { email: 'ana@vendor.example' }, attributes: {} };
const BEN: Identity = { id: 'idn_ben', keys: { email: 'ben@vendor.example' }, attributes: {} };

function assign(
	versions: readonly ContractVersionState[],
	current = [] as ReturnType<typeof contractAssignments>['assignments'],
) {
	return contractAssignments({
		compiled,
		contractId: 'C-1',
		versions,
		people: [ANA, BEN],
		current,
		asOf: '2026-11-20T00:00:00.000Z',
		cache: new TermCache(),
	});
}

const signed = version();
const second = version({
	eventId: 'evt_2',
	type: 'contract.amended',
	effectiveAt: '2026-03-01T00:00:00.000Z',
	occurredAt: '2026-02-20T00:00:00.000Z',
	amendmentId: 'A-1',
	number: '1',
	text: text(['| ana@vendor.example | US |', '| ben@vendor.example | EU |']),
});
const third = version({
	eventId: 'evt_3',
	type: 'contract.amended',
	effectiveAt: '2026-05-01T00:00:00.000Z',
	occurredAt: '2026-04-20T00:00:00.000Z',
	amendmentId: 'A-2',
	number: '2',
	text: text(['| ana@vendor.example | US |']),
});

const summary = (found: ReturnType<typeof assign>) =>
	found.assignments.map(({ identityId, entitlement, validFrom, validUntil }) => [
		identityId,
		entitlement,
		validFrom.slice(0, 10),
		validUntil?.slice(0, 10),
	]);

describe('what a contract assigns over time', () => {
	it('lasts as long as the versions that give it follow each other', () => {
		expect(summary(assign([signed, second, third]))).toEqual([
			['idn_ana', 'crm/member', '2026-01-01', '2027-12-31'],
			['idn_ana', 'crm/us', '2026-03-01', '2027-12-31'],
			['idn_ben', 'crm/member', '2026-03-01', '2026-05-01'],
		]);
	});

	it('is the same in whatever order the versions arrive', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([signed, second, third], { minLength: 3 }), (versions) => {
				expect(assign(versions)).toEqual(assign([signed, second, third]));
			}),
		);
	});

	it('falls back to the version before where an amendment is reversed', () => {
		const reversed = version({
			eventId: 'evt_4',
			type: 'contract.reversed',
			amendmentId: 'A-2',
			occurredAt: '2026-06-01T00:00:00.000Z',
			effectiveAt: '2026-06-01T00:00:00.000Z',
		});
		expect(assign([signed, second, third, reversed]).assignments).toEqual(assign([signed, second]).assignments);
		expect(assign([signed, second, third, reversed]).superseded).toEqual(['evt_1', 'evt_3', 'evt_4']);
	});

	it('takes back the newest version where a reversal names none', () => {
		const reversed = version({
			eventId: 'evt_4',
			type: 'contract.reversed',
			occurredAt: '2026-06-01T00:00:00.000Z',
			effectiveAt: '2026-06-01T00:00:00.000Z',
		});
		expect(versionsInForce([reversed, third, second, signed]).map(({ eventId }) => eventId)).toEqual([
			'evt_1',
			'evt_2',
		]);
	});

	it('says which version a later one with the same beginning has replaced', () => {
		const late = { ...third, effectiveAt: second.effectiveAt };
		const found = assign([signed, late, second]);
		expect(found.superseded).toEqual(['evt_1', 'evt_2']);
		expect(found.assignments).toEqual(assign([signed, second, late]).assignments);
	});

	it('ends with the contract', () => {
		const ended = version({
			eventId: 'evt_5',
			type: 'contract.ended',
			effectiveAt: '2026-12-01T00:00:00.000Z',
			occurredAt: '2026-11-01T00:00:00.000Z',
		});
		expect(summary(assign([signed, ended]))).toEqual([['idn_ana', 'crm/member', '2026-01-01', '2026-12-01']]);
	});

	it('leaves what a part that cannot be read gave as it is', () => {
		const before = assign([signed]).assignments;
		const broken = version({
			eventId: 'evt_2',
			effectiveAt: '2026-11-01T00:00:00.000Z',
			occurredAt: '2026-11-01T00:00:00.000Z',
			text: text(['| ana@vendor.example | EU |'], 'the last day of the project'),
		});
		const found = assign([broken], before);
		expect(found.assignments).toEqual(before);
		expect(found.blocked.map(({ reason }) => reason).join()).toContain('end date');
	});

	it('reads facts of people from the rows, for as long as the version holds', () => {
		const facts = assign([signed, second]).facts.filter(({ fact }) => fact.name === 'email');
		expect(facts.map(({ identityId, fact }) => [identityId, fact.from.slice(0, 10), fact.until?.slice(0, 10)])).toEqual(
			[
				['idn_ana', '2026-01-01', '2026-03-01'],
				['idn_ana', '2026-03-01', undefined],
				['idn_ben', '2026-03-01', undefined],
			],
		);
	});
});

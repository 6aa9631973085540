// Simulates a draft policy over a whole population in a ledger: loading, timelines, rules, separation of duties, plan.
// usage: node bench/policy/simulation.js PEOPLE RULES → one JSON line { seconds, megabytes, changed, granted, revoked }
'use strict';
const { randomBytes } = require('node:crypto');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../../dist'));
const load = (room) => require(path.join(dist, 'core', room));
const { compiledPolicy, computeHere, decide, policyHead, simulate, TermCache } = load('governance');
const { parseLifecycleEvent } = load('ingress');
const { parsePolicy } = load('policy');
const { Ledger } = load('store');

const AS_OF = '2026-11-20T09:00:00.000Z';
const PAGE = 2_000;
const DEPARTMENTS = 50;
const TITLES = 20;
const SITES = 10;

/** Rules on department, title, site and level; two pairs of duties that some people could hold together. */
function policyText(rules, draft) {
	const lines = ['policy: bench', 'zone: Europe/Berlin', 'attributes:', '  level: { type: number }', 'applications:'];
	for (let app = 0; app < 20; app++) lines.push(`  app${app}: { connector: scim, owner: it@acme.example }`);
	lines.push('entitlements:');
	for (let index = 0; index < 400; index++)
		lines.push(`  app${index % 20}/e${index}: { app: app${index % 20}, group: g${index} }`);
	lines.push('rules:');
	for (let index = 0; index < rules; index++) {
		// The draft changes every twentieth rule.
		const moved = draft && index % 20 === 0 ? 1 : 0;
		const entitlement = (index * 7 + moved) % 400;
		const when = [`department: D${index % DEPARTMENTS}`, `title: T${Math.floor(index / DEPARTMENTS) % TITLES}`];
		if (index % 3 === 0) when.push(`site: [S${index % SITES}, S${(index + 3) % SITES}, S${(index + 5) % SITES}]`);
		if (index % 5 === 0) when.push(`level: { gte: ${index % 4} }`);
		lines.push(`  - { id: r${index}, when: { ${when.join(', ')} }, grant: [app${entitlement % 20}/e${entitlement}] }`);
	}
	lines.push(
		'  - { id: all, when: { site: { exists: true } }, grant: [app0/e0, app1/e1, app2/e2] }',
		'separationOfDuties:',
		'  - { id: s1, any: [app7/e7], with: [app14/e14], action: block }',
		'  - { id: s2, any: [app1/e1], with: [app8/e28, app9/e49], action: record }',
	);
	return `${lines.join('\n')}\n`;
}

const person = (n) => ({
	id: `h${n}`,
	type: 'hire',
	createdAt: '2026-01-01T00:00:00Z',
	effectiveAt: '2026-01-01',
	person: { hrId: String(n), email: `p${n}@acme.example` },
	attributes: {
		firstName: `First${n}`,
		lastName: `Last${n}`,
		department: `D${n % DEPARTMENTS}`,
		title: `T${Math.floor(n / DEPARTMENTS) % TITLES}`,
		site: `S${n % SITES}`,
		level: n % 5,
	},
});

/** People who hold what the policy in force gives them. */
async function populate(ledger, people, source) {
	const { policy, hash } = parsePolicy(source);
	const compiled = compiledPolicy(source, hash);
	for (let at = 0; at < people; at += PAGE) {
		const events = [];
		for (let n = at; n < Math.min(people, at + PAGE); n++) {
			events.push(parseLifecycleEvent(person(n), { zone: policy.zone, receivedAt: AS_OF }));
		}
		await ledger.receiveLifecycleEvents(events, { policyView: policy });
	}
	await ledger.keepPolicy({ hash, name: policy.policy, source, author: 'bench' });
	for (let after, page = 0; ; page++) {
		const ids = await ledger.peopleIds({ limit: PAGE, ...(after !== undefined && { after }) });
		if (ids.length === 0) return;
		const { assignments, openActions, accounts, revision } = await ledger.peopleState(ids);
		const facts = await ledger.personFacts(ids, AS_OF);
		const state = { people: facts, assignments, held: [], openActions, accounts, holds: {} };
		const { plan } = decide({ compiled, policyHash: hash, state, seed: `p${page}`, asOf: AS_OF }, new TermCache());
		const grants = plan.actions.flatMap(({ content, sources }) =>
			content.operation === 'add_to_group'
				? sources.map((source) => ({
						identityId: content.identityId,
						entitlement: content.entitlement,
						source,
						validFrom: content.dueAt,
					}))
				: [],
		);
		await ledger.savePlan({
			revision,
			id: `pln_${page}`,
			kind: 'people',
			policyHash: hash,
			asOf: AS_OF,
			effectiveFrom: AS_OF,
			identities: [],
			actions: [],
			kept: [],
			superseded: [],
			grantChanges: { open: grants, close: [] },
			blocked: [],
			evaluated: ids,
		});
		after = ids.at(-1);
	}
}

async function main() {
	const [people, rules] = process.argv.slice(2).map(Number);
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-simulation-'));
	const open = () =>
		Ledger.open({ file: path.join(folder, 'ledger.sqlite'), clock: () => Date.parse(AS_OF), random: randomBytes });
	try {
		const filling = process.argv[4] === undefined;
		if (filling) {
			const ledger = await open();
			await populate(ledger, people, policyText(rules, false));
			await ledger.close();
			// Another process measures: what filling took must not count. Its heap has a limit as a worker of n8n's has, since live
			// data is some 40 MB and the rest is garbage that nobody was in a hurry to collect.
			const { execFileSync } = require('node:child_process');
			const answer = execFileSync(
				process.execPath,
				['--max-old-space-size=256', __filename, String(people), String(rules), folder],
				{
					encoding: 'utf8',
				},
			);
			process.stdout.write(answer);
			return;
		}
		const ledger = await Ledger.open({
			file: path.join(process.argv[4], 'ledger.sqlite'),
			clock: () => Date.parse(AS_OF),
			random: randomBytes,
			readOnly: true,
		});
		const source = policyText(rules, true);
		let peak = 0;
		const watch = () => (peak = Math.max(peak, process.memoryUsage().rss));
		const before = process.cpuUsage();
		const result = await simulate(ledger, computeHere, {
			policy: source,
			head: policyHead(source),
			asOf: AS_OF,
			onProgress: watch,
		});
		const { user, system } = process.cpuUsage(before);
		await ledger.close();
		const figures = {
			people: result.people.total,
			seconds: (user + system) / 1e6,
			megabytes: Math.round(peak / 1e6),
			changed: result.people.changed,
			granted: result.granted,
			revoked: result.revoked,
			withheld: result.withheld,
		};
		process.stdout.write(`${JSON.stringify(figures)}\n`);
	} finally {
		if (process.argv[4] === undefined) rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exitCode = 1;
});

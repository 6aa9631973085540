// Linting big policies: every pair of rules, roles and entitlements is covered without being tried one by one.
// usage: npm run bench -- lint [RULES]
// BENCH_DIST names another build than dist/.
'use strict';
const path = require('node:path');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../dist'));
const { lintPolicy, parsePolicy } = require(path.join(dist, 'core/policy'));
const { lintDocument } = require(path.join(dist, 'core/policy/lint'));

const RULES = Number(process.argv[2] ?? 5000);
const TURNS = 3;
const OWNER = 'it@acme.example';
const NOWHERE = { locate: () => ({ line: 1, column: 1 }) };

let seed = 7;
/** The same numbers in every run. */
function random(below) {
	seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
	return (seed >>> 8) % below;
}

const list = (length, make) => Array.from({ length }, (_, index) => make(index));
const DEPARTMENTS = list(30, (index) => `Department ${index}`);
const TYPES = ['full-time', 'part-time', 'contractor', 'intern'];

function frame(rules, more = {}) {
	const entitlements = list(1000, (index) => [
		`app${index % 20}/e${index}`,
		{ app: `app${index % 20}`, ...(index < 20 ? { account: true } : { group: `g${index}` }) },
	]);
	return {
		policy: 'big',
		zone: 'Europe/Berlin',
		attributes: {
			department: { type: 'text', values: DEPARTMENTS },
			employmentType: { type: 'text', values: TYPES },
			level: { type: 'number' },
			title: { type: 'text' },
			costCenter: { type: 'text' },
		},
		applications: Object.fromEntries(list(20, (index) => [`app${index}`, { connector: 'scim', owner: OWNER }])),
		entitlements: Object.fromEntries(entitlements),
		roles: Object.fromEntries(
			list(200, (index) => [`role${index}`, { grant: list(10, () => entitlements[random(1000)][0]), owner: OWNER }]),
		),
		rules,
		...more,
	};
}

const name = (index) => `app${index % 20}/e${index}`;

function mixedRule(index) {
	const when = {
		department: random(3) ? DEPARTMENTS[random(30)] : [DEPARTMENTS[random(30)], DEPARTMENTS[random(30)]],
	};
	if (random(10) < 8) when.title = `Title ${random(400)}`;
	if (random(10) < 3) when.employmentType = { not: TYPES[random(4)] };
	if (random(10) < 5) when.level = { gte: random(12), ...(random(2) && { lte: 12 + random(5) }) };
	if (random(10) < 3) when.costCenter = { prefix: String(1000 + random(3000)).slice(0, 1 + random(4)) };
	return { id: `r${index}`, when, grant: random(3) ? [`role${random(200)}`] : [name(random(1000))] };
}

const rules = (when, grant = (index) => [name(index % 1000)]) =>
	list(RULES, (index) => ({ id: `r${index}`, when: when(index), grant: grant(index) }));
const separation = (index) => ({
	id: `s${index}`,
	any: [name(random(1000))],
	with: [name(random(1000))],
	action: 'block',
});

/** Shapes on which a linter that compares pairs would be slow. */
const POLICIES = {
	mixed: () => frame(list(RULES, mixedRule), { separationOfDuties: list(50, separation) }),
	'one department, many levels': () =>
		frame(
			rules(
				(index) => ({ department: DEPARTMENTS[0], level: { gte: index } }),
				() => ['role1'],
			),
		),
	'many beginnings': () => frame(rules((index) => ({ costCenter: { prefix: String(10_000 + index) } }))),
	'many exclusions': () => frame(rules((index) => ({ title: { not: [`Title ${index}`, `Title ${index + 1}`] } }))),
	'all alike': () =>
		frame(
			rules(
				() => ({ department: DEPARTMENTS[0] }),
				() => ['role1'],
			),
		),
	'separation of everything': () =>
		frame(
			rules((index) => ({ title: `Title ${index % 900}`, level: { lte: index } })),
			{
				separationOfDuties: list(20, (index) => ({
					id: `s${index}`,
					any: [`app${index}/*`],
					with: ['app1/*', `app${(index * 7) % 20}/*`],
					action: 'block',
				})),
			},
		),
	'many separations': () => frame(list(RULES, mixedRule), { separationOfDuties: list(2000, separation) }),
};

function cpuSeconds(work) {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	return { seconds: (user + system) / 1e6, result };
}

/** The best of several turns: what the work needs, not what else the machine does. */
function best(work) {
	const turns = list(TURNS, () => cpuSeconds(work));
	return turns.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

const figures = {};
process.stdout.write(`${RULES} rules; CPU seconds, best of ${TURNS}\n`);
process.stdout.write('policy                          whole lint   analysis   findings\n');
for (const [title, make] of Object.entries(POLICIES)) {
	const text = JSON.stringify(make());
	const limits = { maxCharacters: text.length };
	const { policy } = parsePolicy(text, { limits });
	const whole = best(() => lintPolicy(text, { limits }));
	const analysis = best(() => lintDocument(policy, NOWHERE));
	figures[title] = analysis.seconds;
	const columns = [whole.seconds.toFixed(3), analysis.seconds.toFixed(3), String(whole.result.length)];
	process.stdout.write(
		`${title.padEnd(32)}${columns[0].padStart(10)} ${columns[1].padStart(10)} ${columns[2].padStart(10)}\n`,
	);
}
process.stdout.write(
	`${JSON.stringify({ lint_rules: RULES, lint_s: figures.mixed, lint_worst_s: Math.max(...Object.values(figures)) })}\n`,
);

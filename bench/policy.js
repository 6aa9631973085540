// Birthright: one person's attributes → the set of entitlements, beside named peers, in one run on one machine.
// usage: npm run bench -- policy [--quick]
// Every figure is evaluations per CPU-second (user and system) of one thread. BENCH_DIST names another build than dist/.
'use strict';
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const { createJob, createPeople, policyText } = require('./policy/job.js');
const peers = require('./policy/peers.js');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../dist'));
const { compileEvaluator, compilePolicy, parsePolicy } = require(path.join(dist, 'core/policy'));

const QUICK = process.argv.includes('--quick');
const RULES = [50, 500, 5_000];
/** People of whom no two have the same attributes: nobody's answer can be another's. */
const PEOPLE = QUICK ? 40_000 : 200_000;
/** People whose answers of all contenders are compared. */
const COMPARED = QUICK ? 10 : 60;
const TURNS = QUICK ? 4 : 7;
const PEER_TURNS = 3;
const PEER_CPU_MS = QUICK ? 200 : 1_000;
/** A crowd that comes again and again, as in a ledger that is evaluated after each event. */
const REGULARS = 5_000;

const cpuMs = (since) => {
	const { user, system } = process.cpuUsage(since);
	return (user + system) / 1_000;
};
const round = (value) => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100);

/** Keeps results from being optimised away. */
let sink = 0;

/** Evaluations per CPU-second of one pass over these people. */
function pass(run, people) {
	const start = process.cpuUsage();
	for (const person of people) sink += run(person);
	return (people.length * 1_000) / cpuMs(start);
}

/** Best of several passes, as for the peers: what others do on the machine is not counted. */
function rate(run, people, turns = TURNS) {
	pass(run, people);
	return Math.max(...Array.from({ length: turns }, () => pass(run, people)));
}

/** A peer is warmed up and then gets several turns of as many people as fit into its time; the best counts. */
async function peerRate(run, people) {
	let best = 0;
	for (const person of people.slice(0, 5)) await run(person);
	for (let turn = 0; turn < PEER_TURNS; turn += 1) {
		const start = process.cpuUsage();
		let done = 0;
		while (done < people.length && (done < 3 || cpuMs(start) < PEER_CPU_MS)) {
			sink += (await run(people[done])).length;
			done += 1;
		}
		best = Math.max(best, (done * 1_000) / cpuMs(start));
	}
	return best;
}

function ours(job) {
	const { policy, hash } = parsePolicy(policyText(job));
	return compileEvaluator(compilePolicy(policy, hash));
}

/** Who answers otherwise than the rules written out by hand is wrong, and no figure is worth anything then. */
async function compare(name, run, job, people) {
	for (const person of people) {
		const expected = byHand(job, person);
		const found = await run(person);
		if (JSON.stringify(found) === JSON.stringify(expected)) continue;
		const shown = (list) => `${list.length} (${list.slice(0, 5).join(', ')} …)`;
		throw new Error(
			`${name} answers otherwise for ${JSON.stringify(person)}: ${shown(found)} instead of ${shown(expected)}.`,
		);
	}
}

const meets = (value, { eq, in: among, not, gte, lte }) =>
	(eq === undefined || value === eq) &&
	(among === undefined || among.includes(value)) &&
	(not === undefined || !not.includes(value)) &&
	(gte === undefined || value >= gte) &&
	(lte === undefined || value <= lte);

const rulesOf = (job, person) =>
	job.rules.filter(({ when }) => Object.entries(when).every(([name, operators]) => meets(person[name], operators)));

const byHand = (job, person) => [...new Set(rulesOf(job, person).flatMap(({ grant }) => grant))].sort();

/** Reasons and verdicts have no peer; they are compared with the rules written out by hand. */
function compareExplanations(evaluator, job, people) {
	for (const person of people) {
		const holding = new Set(rulesOf(job, person).map(({ id }) => id));
		for (const [entitlement, ids] of evaluator.reasons(person)) {
			const expected = job.rules.filter(({ id, grant }) => holding.has(id) && grant.includes(entitlement));
			if (expected.map(({ id }) => id).join() !== ids.join()) throw new Error(`Other reasons for ${entitlement}.`);
		}
		const verdicts = evaluator.whyNot(person);
		for (const [index, { id, when }] of job.rules.entries()) {
			const deciding = Object.entries(when).find(([name, operators]) => !meets(person[name], operators))?.[0];
			const { rule, attribute, outcome } = verdicts[index];
			if (rule !== id || attribute !== deciding || (outcome === 'holds') !== holding.has(id)) {
				throw new Error(`Another verdict on ${id} for ${JSON.stringify(person)}.`);
			}
		}
	}
}

const peerNames = Object.keys(peers);

async function row(count, people) {
	const job = createJob(count);
	const evaluator = ours(job);
	const compared = people.slice(0, COMPARED);
	await compare('ours', (person) => evaluator.entitlements(person), job, people.slice(0, COMPARED * 10));
	compareExplanations(evaluator, job, compared);
	const fresh = ours(job);
	const first = pass((person) => fresh.entitlements(person).length, people);
	const figures = {
		rules: count,
		entitlements: round(
			people.slice(0, 2_000).reduce((sum, each) => sum + evaluator.entitlements(each).length, 0) / 2_000,
		),
		grants: rate((person) => fresh.entitlements(person).length, people),
		first,
		regulars: rate((person) => fresh.entitlements(person).length, people.slice(0, REGULARS), TURNS * 5),
		reasons: rate((person) => fresh.reasons(person).size, people),
		whynot: rate((person) => fresh.whyNot(person).length, people.slice(0, Math.ceil(20_000_000 / count / 10))),
	};
	for (const name of peerNames) {
		const run = peers[name](job, `bench-${count}`);
		await compare(name, run, job, compared);
		figures[name] = await peerRate(run, people);
	}
	return figures;
}

const cell = (value) => round(value).toLocaleString('en-US').padStart(13);

function print(rows) {
	const out = (line) => process.stdout.write(`${line}\n`);
	out(
		'Evaluations per CPU-second, one thread, best pass of several. One evaluation: one person’s attributes → sorted entitlements.',
	);
	out(`ours is measured over ${PEOPLE.toLocaleString('en-US')} people, no two of whom have the same attributes;`);
	out(
		`"first pass" begins with nothing learnt, "regulars" are ${REGULARS.toLocaleString('en-US')} of them who come again and again.`,
	);
	out('');
	out(`${'rules'.padEnd(28)}${rows.map(({ rules }) => cell(rules)).join('')}`);
	const line = (label, name) => out(`${label.padEnd(28)}${rows.map((each) => cell(each[name])).join('')}`);
	line('entitlements a person', 'entitlements');
	line('ours, grants', 'grants');
	line('ours, grants, first pass', 'first');
	line('ours, grants, regulars', 'regulars');
	line('ours, grants with reasons', 'reasons');
	line('ours, why-not of all rules', 'whynot');
	for (const name of peerNames) line(name, name);
	out('');
}

/** Simulation of a draft policy over a whole population in a ledger, at three sizes: how it grows. */
function simulationFigures() {
	const sizes = QUICK ? [2_000, 4_000, 8_000] : [25_000, 50_000, 100_000];
	const runs = sizes.map((people) => {
		const script = path.join(__dirname, 'policy', 'simulation.js');
		const answer = execFileSync(process.execPath, [script, String(people), '1000'], { encoding: 'utf8' });
		const run = JSON.parse(answer);
		process.stdout.write(
			`simulation of ${run.people} people × 1,000 rules: ${run.seconds.toFixed(1)} CPU s, ${run.megabytes} MB, ${run.changed} change\n`,
		);
		return run;
	});
	const [first, , last] = runs;
	const exponent = Math.log(last.seconds / first.seconds) / Math.log(last.people / first.people);
	return {
		simulate_s: round(last.seconds),
		simulate_mb: last.megabytes,
		simulate_growth_exponent: round(exponent),
	};
}

async function main() {
	const people = createPeople(PEOPLE, 7);
	const rows = [];
	for (const count of RULES) rows.push(await row(count, people));
	print(rows);
	const largest = rows.at(-1);
	const best = Math.max(...peerNames.map((name) => largest[name]));
	const figures = {
		evals_5000: Math.round(largest.grants),
		evals_5000_reasons: Math.round(largest.reasons),
		evals_5000_whynot: Math.round(largest.whynot),
		ratio_best_library: Math.round(largest.grants / best),
		evals_5000_first_pass: Math.round(largest.first),
		evals_5000_regulars: Math.round(largest.regulars),
		...simulationFigures(),
	};
	const table = rows.map((each) =>
		Object.fromEntries(Object.entries(each).map(([name, value]) => [name, round(value)])),
	);
	process.stdout.write(`${JSON.stringify({ bench: 'policy', figures, rows: table, checked: sink > 0 })}\n`);
}

main().catch((error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});

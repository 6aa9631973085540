// Provisions people and groups into scimmy (in memory, in a process of its own) beside a bare loop of one request a change
// over keep-alive connections (the ceiling) and an n8n workflow of HTTP Request nodes; then memory of a large reconcile.
// usage: npm run bench -- scim [--users 10000] [--groups 200] [--members 50] [--concurrency 8] [--slices 10]
//        [--accounts 100000] [--n8n 1000 | --n8n 0] [--page-size 100] [--quick]
// BENCH_DIST names another build than dist/.
'use strict';
const { fork } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');

const { bareLoop } = require('./scim/bare.js');
const { runN8n } = require('./scim/n8n.js');
const { population } = require('./scim/population.js');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../dist'));
const { ScimClient, applyScim, bearerAuth, capabilityProfile, createAxiosHttp, planScim, vendorOf } = require(
	path.join(dist, 'core/scim'),
);
const { JournalFile } = require(path.join(dist, 'cli/commands/scim-files'));

const round = (value, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;
const say = (line) => process.stdout.write(`${line}\n`);

/** A fresh server; `seen` gives what it was asked since the last time. */
async function startServer(...words) {
	const child = fork(path.join(__dirname, 'scim/server.js'), words);
	let answered;
	let failed;
	child.on('message', (message) => answered?.(message));
	child.on('exit', (code) => failed?.(new Error(`the server ended with ${code}`)));
	const next = () => new Promise((resolve, reject) => ([answered, failed] = [resolve, reject]));
	const { baseUrl } = await next();
	const seen = async () => {
		const answer = next();
		child.send('seen');
		return (await answer).seen;
	};
	return { baseUrl, seen, stop: () => child.disconnect() };
}

async function withServer(words, work) {
	const server = await startServer(...words);
	try {
		return await work(server);
	} finally {
		server.stop();
	}
}

/** Seconds of wall and of this process's CPU that work takes. */
async function timed(work) {
	const [wall, cpu] = [performance.now(), process.cpuUsage()];
	const result = await work();
	const { user, system } = process.cpuUsage(cpu);
	return { seconds: (performance.now() - wall) / 1_000, cpu: (user + system) / 1e6, result };
}

function connect(baseUrl, { concurrency, pageSize }) {
	const http = createAxiosHttp({ concurrency });
	const base = capabilityProfile(vendorOf(baseUrl));
	const client = new ScimClient({
		http,
		baseUrl,
		auth: bearerAuth('bench'),
		userAgent: 'bench',
		clock: Date.now,
		sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
		limits: { concurrency, pageSize },
		profile: { ...base, capabilities: { ...base.capabilities, pageSize } },
	});
	return { client, close: () => http.close() };
}

/** Everybody in parts: people of one part are only in groups of that part. */
function parts(options) {
	const { users, groups, slices } = options;
	const cut = (total, index) => Math.floor((total * (index + 1)) / slices) - Math.floor((total * index) / slices);
	let [firstUser, firstGroup] = [0, 0];
	return Array.from({ length: slices }, (_, index) => {
		const size = {
			users: cut(users, index),
			groups: cut(groups, index),
			members: options.members,
			firstUser,
			firstGroup,
		};
		firstUser += size.users;
		firstGroup += size.groups;
		return population(size);
	});
}

/**
 * Ours on one server: plans and applies one part after the other, each a run with a journal of its own on the disk, as one
 * run of everything would have it; then everything again with a journal of its own.
 */
function ourSide({ baseUrl, seen }, options, verification) {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-scim-'));
	const { client, close } = connect(baseUrl, options);
	let runs = 0;
	const withJournal = async (planned) => {
		const journal = new JournalFile(path.join(folder, `${(runs += 1)}.jsonl`));
		try {
			return await applyScim(planned, { client, journal, verification });
		} finally {
			await journal.close();
		}
	};
	const plan = (state) => planScim(client, client.profile, state, { application: baseUrl, createGroups: true });
	const asked = { reads: 0, writes: 0 };
	const apply = async (state) => {
		const planned = await plan(state);
		await seen();
		const applied = await timed(() => withJournal(planned));
		const { reads, writes } = await seen();
		asked.reads += reads;
		asked.writes += writes;
		const failed = applied.result.results.find(({ outcome }) => outcome === 'failed');
		if (failed !== undefined) throw new Error(`${failed.kind} ${failed.subject}: ${failed.note}`);
		return applied;
	};
	const again = async (state) => {
		await seen();
		const listing = await timed(() => plan(state));
		await withJournal(listing.result);
		return { seconds: listing.seconds, actions: listing.result.actions.length, ...(await seen()) };
	};
	const end = () => {
		close();
		rmSync(folder, { recursive: true, force: true });
	};
	return { apply, again, asked, end };
}

/**
 * The bare loop and ours, each on a server of its own, in turn part by part and who is first in turn too: whatever else
 * the machine does troubles both alike. Sums of all parts count.
 */
function compare(label, options, verified) {
	const states = parts(options);
	return withServer(['scimmy'], (left) =>
		withServer(['scimmy'], async (right) => {
			const our = ourSide(right, options, verified ? 'read' : 'answer');
			const sums = { bare: { seconds: 0, cpu: 0 }, ours: { seconds: 0, cpu: 0 } };
			const add = (sum, { seconds, cpu }) => {
				sum.seconds += seconds;
				sum.cpu += cpu;
			};
			const turns = [
				async (state) => add(sums.bare, await timed(() => bareLoop(left.baseUrl, state, { ...options, verified }))),
				async (state) => add(sums.ours, await our.apply(state)),
			];
			try {
				for (const [index, state] of states.entries()) {
					for (const turn of index % 2 === 0 ? turns : turns.toReversed()) await turn(state);
				}
				const users = states.flatMap((state) => state.users);
				const groups = states.flatMap((state) => state.groups);
				const second = await our.again({ users, groups });
				const ratio = sums.bare.seconds / sums.ours.seconds;
				const show = ({ seconds, cpu }) => `${round(seconds, 2)} s (CPU ${round(cpu, 2)} s)`;
				say(`${label}: bare loop ${show(sums.bare)}, ours ${show(sums.ours)}, ratio ${round(ratio)}`);
				return { ratio, ...sums, asked: our.asked, second };
			} finally {
				our.end();
			}
		}),
	);
}

const reconcile = (accounts, pageSize) =>
	withServer(['directory', String(accounts)], ({ baseUrl }) => {
		const words = [dist, baseUrl, String(accounts), String(pageSize)];
		const child = fork(path.join(__dirname, 'scim/reconcile.js'), words);
		return new Promise((resolve, reject) => {
			child.once('message', resolve);
			child.once('exit', (code) => reject(new Error(`reconcile ended with ${code}`)));
		});
	});

async function n8nRate(state, { n8n, concurrency }) {
	if (n8n === 0) return undefined;
	return withServer(['scimmy'], async ({ baseUrl, seen }) => {
		const users = state.users.slice(0, n8n);
		const trouble = await runN8n(baseUrl, users, concurrency);
		const { writes, firstWrite, lastWrite } = await seen();
		// n8n may end with an error of its own after the last request; whether all were sent is what counts.
		if (writes < Math.max(2, users.length)) {
			say(`n8n: not measured; ${trouble ?? 'the workflow sent nothing'}`);
			return undefined;
		}
		// Between its first and its last request: starting n8n and loading the workflow don't count.
		return { users: writes, perSecond: ((writes - 1) * 1_000) / (lastWrite - firstWrite) };
	});
}

function optionsOf() {
	const names = ['users', 'groups', 'members', 'concurrency', 'slices', 'accounts', 'n8n', 'page-size'];
	const { values } = parseArgs({
		options: { ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])), quick: { type: 'boolean' } },
	});
	const usual = { members: 50, concurrency: 8, slices: 10, 'page-size': 100 };
	const defaults = values.quick
		? { ...usual, users: 1_000, groups: 20, accounts: 10_000, n8n: 0 }
		: { ...usual, users: 10_000, groups: 200, accounts: 100_000, n8n: 1_000 };
	const options = Object.fromEntries(names.map((name) => [name, Number(values[name] ?? defaults[name])]));
	const isFine = ([name, value]) => Number.isSafeInteger(value) && value >= (name === 'n8n' ? 0 : 1);
	if (!Object.entries(options).every(isFine)) {
		throw new Error(`${names.map((name) => `--${name}`).join(', ')} take whole numbers.`);
	}
	return { ...options, pageSize: options['page-size'] };
}

async function main() {
	const options = optionsOf();
	const { users, groups, members } = options;
	const perGroup = 1 + Math.max(0, Math.ceil((members - 100) / 100));
	const formula = users + groups * perGroup;
	say(
		`minimum: users + groups × (1 + ⌈(members − 100) / 100⌉) = ${users} + ${groups} × ${perGroup} = ${formula} writes, and one read of each of ${users + groups} entries where each is read back`,
	);
	// Neither side's first requests count: they are spent on compiling.
	const few = { ...options, users: Math.min(users, 1_000), groups: Math.min(groups, 20), slices: 2 };
	await compare('warm-up, not counted', few, false);
	const plain = await compare('without read-back', options, false);
	const verified = await compare('with read-back', options, true);
	const count = ({ reads, writes }) => reads + writes;
	const [least, leastVerified] = [formula, formula + users + groups];
	say(
		`requests: ${count(plain.asked)} of ${least} without, ${count(verified.asked)} of ${leastVerified} with read-back; second run: ${plain.second.actions} changes, ${plain.second.reads} reads in ${round(plain.second.seconds, 2)} s`,
	);
	say(`users/s: ours ${Math.round(users / plain.ours.seconds)}, bare loop ${Math.round(users / plain.bare.seconds)}`);
	const n8n = await n8nRate(population({ ...options, firstUser: 0, firstGroup: 0 }), options);
	if (n8n !== undefined) say(`n8n HTTP Request: ${Math.round(n8n.perSecond)} users/s over ${n8n.users} users`);
	const large = await reconcile(options.accounts, options.pageSize);
	say(
		`reconcile of ${options.accounts} accounts: ${Math.round(large.megabytes)} MB, ${JSON.stringify(large.counts)}, complete: ${large.complete}`,
	);
	const over = Math.max(count(plain.asked) / least, count(verified.asked) / leastVerified);
	const figures = {
		throughput_ratio: round(plain.ratio),
		throughput_ratio_verified: round(verified.ratio),
		requests_over_minimum: round(over, 4),
		reconcile_mb: Math.round(large.megabytes),
		second_run_writes: plain.second.writes + verified.second.writes,
		users_per_s: Math.round(users / plain.ours.seconds),
		...(n8n === undefined ? {} : { n8n_users_per_s: Math.round(n8n.perSecond) }),
	};
	say(JSON.stringify({ bench: 'scim', figures }));
}

main().catch((error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exitCode = 1;
});

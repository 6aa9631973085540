// Replays HR events into a ledger in batches, and watches whether an event costs the same at the end as at the beginning.
// usage: npm run bench -- timeline [--events 1000000] [--people 50000] [--batch 1000]
// BENCH_DIST names another build than dist/.
'use strict';
const { randomBytes } = require('node:crypto');
const { mkdtempSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');

const dist = path.resolve(process.env.BENCH_DIST ?? path.join(__dirname, '../dist'));
const { parseLifecycleEvent } = require(path.join(dist, 'core/ingress'));
const { Ledger } = require(path.join(dist, 'core/store'));

const DECILES = 10;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DEPARTMENTS = ['Engineering', 'Sales', 'Finance', 'Support', 'Legal', 'People', 'Operations', 'Marketing'];
const TITLES = ['Analyst', 'Engineer', 'Manager', 'Director', 'Specialist', 'Associate'];
const LOCATIONS = ['Berlin', 'Paris', 'New York', 'Singapore'];
const POLICY = {
	zone: 'Europe/Berlin',
	attributes: {
		department: { type: 'text', from: ['hris', 'vms'], values: DEPARTMENTS },
		title: { type: 'text', from: ['hris'] },
		location: { type: 'text', from: ['hris'] },
		endDate: { type: 'date', from: ['vms', 'hris'], requiredFor: 'contractor' },
	},
};

/** Numbers that are the same in every run. */
function numbers(seed) {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const day = (index) => new Date(FIRST_DAY + index * DAY_MS).toISOString();
const emailOf = (person) => `p${person}@example.com`;

/** The n-th event: everybody is hired once, early or late; what comes before is out of order, and has to be. */
function eventAt(n, people, random) {
	const person = random(people);
	const roll = random(100);
	const when = day(random(2_000));
	const hrId = String(person);
	const base = { id: `e${n}`, createdAt: when, effectiveAt: when, person: { hrId, email: emailOf(person) } };
	if (n < people) {
		const attributes = {
			department: DEPARTMENTS[n % 8],
			title: TITLES[n % 6],
			location: LOCATIONS[n % 4],
			level: n % 7,
		};
		const names = { firstName: `First${n}`, lastName: `Last${n}` };
		const key = { hrId: String(n), email: emailOf(n), birthDate: day(-12_000 + (n % 9_000)).slice(0, 10), ...names };
		return { ...base, effectiveAt: day(n % 400), type: 'hire', person: key, attributes };
	}
	if (roll < 45)
		return { ...base, type: 'mover', attributes: { department: DEPARTMENTS[random(8)], title: TITLES[random(6)] } };
	if (roll < 65)
		return { ...base, type: 'managerChange', attributes: { manager: emailOf(Math.floor((person - 1) / 8)) } };
	if (roll < 80) return { ...base, type: 'change', attributes: { location: LOCATIONS[random(4)], level: random(7) } };
	if (roll < 88) return { ...base, type: 'signal', until: day(2_100), attributes: { threat: 'high' } };
	if (roll < 93) return { ...base, type: 'leave', effectiveAt: day(random(2_000)).slice(0, 10) };
	if (roll < 97) return { ...base, type: 'rehire', attributes: { department: DEPARTMENTS[random(8)] } };
	if (roll < 99)
		return { id: `e${n}`, type: 'cancel', createdAt: when, refersTo: `e${people - 1 + random(n - people)}` };
	return { ...base, id: `e${n - 1}`, type: 'change', attributes: { title: 'Conflict' } };
}

function cpuMs() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

async function replay({ events, people, batch }) {
	const folder = mkdtempSync(path.join(tmpdir(), 'bench-timeline-'));
	const file = path.join(folder, 'ledger.sqlite');
	let now = Date.UTC(2026, 10, 20);
	const ledger = await Ledger.open({ file, clock: () => now, random: randomBytes });
	const random = numbers(7);
	const deciles = Array.from({ length: DECILES }, () => ({ events: 0, cpu: 0, wall: 0 }));
	const statuses = new Map();
	try {
		for (let at = 0; at < events; at += batch) {
			const size = Math.min(batch, events - at);
			const raw = Array.from({ length: size }, (_, index) => eventAt(at + index, people, random));
			const receivedAt = new Date(now).toISOString();
			const [cpu, wall] = [cpuMs(), performance.now()];
			const parsed = raw.map((event) => parseLifecycleEvent(event, { zone: POLICY.zone, receivedAt }));
			const receipts = await ledger.receiveLifecycleEvents(parsed, { policyView: POLICY });
			const decile = deciles[Math.floor((at / events) * DECILES)];
			decile.events += size;
			decile.cpu += cpuMs() - cpu;
			decile.wall += performance.now() - wall;
			for (const { status } of receipts) statuses.set(status, (statuses.get(status) ?? 0) + 1);
			now += 1_000;
		}
		const megabytes = Math.round(statSync(file).size / 2 ** 20);
		return { deciles, statuses: Object.fromEntries(statuses), megabytes };
	} finally {
		await ledger.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

const round = (value, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;

function show({ deciles, statuses, megabytes }) {
	const perEvent = deciles.map(({ cpu, events }) => (cpu / events) * 1_000);
	const most = Math.max(...perEvent);
	process.stdout.write('decile   events   CPU µs an event   wall µs an event\n');
	deciles.forEach(({ events, wall }, index) => {
		const cpu = perEvent[index];
		const bar = '#'.repeat(Math.round((cpu / most) * 40));
		const cells = [String(index + 1).padStart(6), String(events).padStart(8), cpu.toFixed(1).padStart(17)];
		process.stdout.write(`${cells.join(' ')} ${((wall / events) * 1_000).toFixed(1).padStart(18)}  ${bar}\n`);
	});
	process.stdout.write(`${JSON.stringify(statuses)}, file ${megabytes} MB\n`);
	const wallOf = (index) => deciles[index].wall / deciles[index].events;
	const total = (name) => deciles.reduce((sum, decile) => sum + decile[name], 0);
	return {
		events_per_s: Math.round(total('events') / (total('wall') / 1_000)),
		events_per_cpu_s: Math.round(total('events') / (total('cpu') / 1_000)),
		// By CPU time; the wall also waits for the disk and for whatever else the machine does.
		last_over_first_decile: round(perEvent[DECILES - 1] / perEvent[0]),
		last_over_first_decile_wall: round(wallOf(DECILES - 1) / wallOf(0)),
		file_mb: megabytes,
	};
}

async function main() {
	const { values } = parseArgs({
		options: {
			events: { type: 'string', default: '1000000' },
			people: { type: 'string', default: '50000' },
			batch: { type: 'string', default: '1000' },
		},
	});
	const [events, people, batch] = [values.events, values.people, values.batch].map(Number);
	if (![events, people, batch].every((value) => Number.isSafeInteger(value) && value > 0) || events < DECILES * batch) {
		throw new Error('--events, --people and --batch are whole numbers, with at least ten batches of events.');
	}
	const figures = show(await replay({ events, people: Math.min(people, Math.ceil(events / 20)), batch }));
	process.stdout.write(`${JSON.stringify({ bench: 'timeline', figures })}\n`);
}

void main();

// The job that all contenders of bench/policy.js do: who of a company earns what, by rules over attributes.
'use strict';

/** A small generator with a seed: the same job on every machine. */
function randomOf(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	return {
		below: (n) => Math.floor(next() * n),
		pick: (list) => list[Math.floor(next() * list.length)],
		/** Different members of a list. */
		some(list, count) {
			const chosen = new Set();
			while (chosen.size < Math.min(count, list.length)) chosen.add(list[Math.floor(next() * list.length)]);
			return [...chosen];
		},
	};
}

const named = (word, count) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

const VALUES = {
	department: named('Department', 40),
	title: named('Title', 60),
	country: [
		'DE',
		'FR',
		'US',
		'GB',
		'IT',
		'ES',
		'PL',
		'NL',
		'SE',
		'AT',
		'CH',
		'BE',
		'DK',
		'NO',
		'FI',
		'IE',
		'PT',
		'CZ',
		'HU',
		'RO',
	],
	location: named('Site', 50),
	employmentType: ['full-time', 'part-time', 'contractor', 'intern'],
	costCentre: named('CC', 200),
	level: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};

/** Sorts of rules as companies write them, with their share: conditions by attribute. */
const SHAPES = [
	[52, (r) => ({ department: { eq: r.pick(VALUES.department) }, title: { eq: r.pick(VALUES.title) } })],
	[8, (r) => ({ department: { eq: r.pick(VALUES.department) }, level: { gte: 2 + r.below(8) } })],
	[
		20,
		(r) => ({
			department: { eq: r.pick(VALUES.department) },
			title: { in: r.some(VALUES.title, 3) },
			country: { eq: r.pick(VALUES.country) },
		}),
	],
	[6, (r) => ({ location: { eq: r.pick(VALUES.location) }, employmentType: { in: r.some(VALUES.employmentType, 2) } })],
	[8, (r) => ({ costCentre: { eq: r.pick(VALUES.costCentre) }, level: { gte: 1 + r.below(4), lte: 5 + r.below(6) } })],
	[
		3,
		(r) => ({
			country: { eq: r.pick(VALUES.country) },
			department: { not: r.some(VALUES.department, 4) },
			level: { gte: 8 },
		}),
	],
	[3, (r) => ({ title: { eq: r.pick(VALUES.title) }, employmentType: { not: [r.pick(VALUES.employmentType)] } })],
];

/** `count` rules over a fifth as many entitlements, one or two each. */
function createJob(count) {
	const random = randomOf(count);
	const entitlements = named('app/group', Math.max(20, Math.floor(count / 5))).map((name) => name.replaceAll(' ', '-'));
	const tickets = SHAPES.flatMap(([share, shape]) => Array(share).fill(shape));
	const rules = Array.from({ length: count }, (_, index) => ({
		id: `r${index}`,
		when: random.pick(tickets)(random),
		grant: random.some(entitlements, 1 + random.below(2)),
	}));
	return { entitlements, rules };
}

/** People, no two with the same attributes; a third of the values is shared by many, as in a company. */
function createPeople(count, seed) {
	const random = randomOf(seed);
	const people = [];
	const seen = new Set();
	while (people.length < count) {
		const attributes = {};
		for (const [name, values] of Object.entries(VALUES)) attributes[name] = random.pick(values);
		const key = JSON.stringify(attributes);
		if (seen.has(key)) continue;
		seen.add(key);
		// What no rule asks about differs for everybody anyway. Texts come from a feed: no two are the same object.
		people.push(
			JSON.parse(JSON.stringify({ ...attributes, email: `p${people.length}@acme.example`, hrId: people.length })),
		);
	}
	return people;
}

/** The job as a policy document of ours. */
function policyText({ entitlements, rules }) {
	const types = Object.fromEntries(
		Object.keys(VALUES).map((name) => [name, { type: name === 'level' ? 'number' : 'text' }]),
	);
	return JSON.stringify({
		policy: 'bench',
		zone: 'Europe/Berlin',
		attributes: types,
		applications: { app: { connector: 'scim', owner: 'it@acme.example', attributes: { userName: '{email}' } } },
		entitlements: Object.fromEntries(entitlements.map((name) => [name, { app: 'app', group: name }])),
		rules,
	});
}

module.exports = { createJob, createPeople, policyText, VALUES };

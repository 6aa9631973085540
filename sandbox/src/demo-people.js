'use strict';
// The demo's employees and the events that an HR system would send about them. Dates are given, so that a sample never
// grows stale: tests pass days, the example workflows pass expressions that n8n works out when they run.

const { readFileSync } = require('node:fs');
const path = require('node:path');
const { DEMO } = require('./paths.js');

const COMPANY = 'meridian-freight.example';
const LONG_AGO = '2026-02-01';

/** @returns {string} the policy that decides about employees and contractors alike */
function workforcePolicy() {
	return readFileSync(path.join(DEMO, 'people-policy.yaml'), 'utf8');
}

function employee(hrId, firstName, lastName) {
	return { hrId, email: `${firstName}.${lastName}@${COMPANY}`.toLowerCase() };
}

function hire(person, firstName, lastName, effectiveAt, attributes) {
	return {
		type: 'hire',
		effectiveAt,
		person,
		attributes: { firstName, lastName, employmentType: 'full-time', ...attributes },
	};
}

/**
 * Three people who join: at once, later, and from outside with an end.
 *
 * @param {{ today: string, later: string, end: string }} days
 */
function joiners({ today, later, end }) {
	const cem = { hrId: 'V-2003', email: 'cem.aydin@freelance.example' };
	return [
		hire(employee('2001', 'Lena', 'Vogt'), 'Lena', 'Vogt', today, { department: 'Sales' }),
		hire(employee('2002', 'Jonas', 'Reuter'), 'Jonas', 'Reuter', later, { department: 'Software' }),
		{
			type: 'contractorStart',
			effectiveAt: today,
			until: end,
			person: cem,
			attributes: { firstName: 'Cem', lastName: 'Aydin', department: 'Engineering', employmentType: 'contractor' },
		},
	];
}

/**
 * Mira has been in Sales and goes to Engineering.
 *
 * @param {{ today: string }} days
 */
function mover({ today }) {
	const person = employee('2010', 'Mira', 'Hansen');
	return [
		hire(person, 'Mira', 'Hansen', LONG_AGO, { department: 'Sales' }),
		{ type: 'mover', effectiveAt: today, person: { hrId: '2010' }, attributes: { department: 'Engineering' } },
	];
}

/** Timo (Engineering) and Carla (Finance) have worked here for a while. */
function peopleWhoWillLeave() {
	return [
		hire(employee('2020', 'Timo', 'Falk'), 'Timo', 'Falk', LONG_AGO, { department: 'Engineering' }),
		hire(employee('2021', 'Carla', 'Weiss'), 'Carla', 'Weiss', LONG_AGO, { department: 'Finance' }),
	];
}

/** Who has worked here all along, and has accounts that nobody gave by this package. */
function employeesOfOld() {
	return [
		hire(employee('1001', 'Johanna', 'Kruse'), 'Johanna', 'Kruse', LONG_AGO, { department: 'Engineering' }),
		hire(employee('1002', 'Malte', 'Oster'), 'Malte', 'Oster', LONG_AGO, { department: 'Engineering' }),
		hire(employee('1003', 'Sven', 'Thomsen'), 'Sven', 'Thomsen', LONG_AGO, { department: 'Sales' }),
	];
}

/** Both leave, at once. */
function leavers() {
	return ['2020', '2021'].map((hrId) => ({ type: 'leaver', effectiveAt: 'immediately', person: { hrId } }));
}

function statementOfWork(file, replacements = {}) {
	const text = readFileSync(path.join(DEMO, file), 'utf8');
	return Object.entries(replacements).reduce((filled, [name, value]) => filled.replaceAll(name, value), text);
}

const SERVICES = { kind: 'services', status: 'active', attributes: { project: 'atlas' } };
const ENDING = { id: 'SOW-2026-031', title: 'Statement of Work: Yard Terminals', ...SERVICES };
const AMENDED = { id: 'SOW-2026-032', title: 'Statement of Work: Tariff Engine', ...SERVICES };
const AMENDMENT = { id: 'SOW-2026-032-A1', title: 'Amendment No. 1', number: 1 };

/**
 * A small contract that runs out soon.
 *
 * @param {{ end: string }} days `end`: its last day, in the words of a contract
 */
function contractThatEnds({ end }) {
	return {
		type: 'contract.signed',
		occurredAt: '2026-02-01T09:00:00Z',
		contract: ENDING,
		after: { format: 'markdown', text: statementOfWork('statement-of-work.md', { 'LAST DAY': end }) },
	};
}

/** It ends sooner. @param {{ now: string }} instants */
function contractEnded({ now }) {
	return {
		id: `${ENDING.id} ended ${now}`,
		type: 'contract.ended',
		occurredAt: now,
		contract: ENDING,
	};
}

/** Another one: signed, then amended by one more person and more access for another. */
function contractAndAmendment() {
	return [
		{
			type: 'contract.signed',
			occurredAt: '2026-03-01T09:00:00Z',
			contract: AMENDED,
			after: { format: 'markdown', text: statementOfWork('tariff-engine.md') },
		},
		{
			type: 'contract.amended',
			occurredAt: '2026-11-02T09:00:00Z',
			contract: AMENDED,
			before: { format: 'markdown', text: statementOfWork('tariff-engine.md') },
			after: { format: 'markdown', text: statementOfWork('tariff-engine-amended.md') },
			amendment: AMENDMENT,
		},
	];
}

/** The amendment is taken back. @param {{ now: string }} instants */
function amendmentReversed({ now }) {
	return {
		id: `${AMENDMENT.id} reversed ${now}`,
		type: 'contract.reversed',
		occurredAt: now,
		contract: AMENDED,
		amendment: AMENDMENT,
	};
}

module.exports = {
	amendmentReversed,
	contractAndAmendment,
	contractEnded,
	contractThatEnds,
	employeesOfOld,
	joiners,
	leavers,
	mover,
	peopleWhoWillLeave,
	workforcePolicy,
};

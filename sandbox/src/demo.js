'use strict';
// The demo's contract and people, and the events a contract system would send about them.

const { readFileSync } = require('node:fs');
const path = require('node:path');
const { DEMO } = require('./paths.js');

const CONTRACT = {
	id: 'MSA-2026-014',
	title: 'Consulting Services Agreement',
	kind: 'services',
	status: 'active',
	attributes: { project: 'atlas' },
};

/** @param {string} file of sandbox/demo */
function markdown(file) {
	return { format: 'markdown', text: readFileSync(path.join(DEMO, file), 'utf8') };
}

/** The agreement is signed: from now on the ledger knows who holds what because of it. */
function signedEvent() {
	return {
		id: 'evt-msa-2026-014-signed',
		type: 'contract.signed',
		occurredAt: '2026-01-12T15:30:00Z',
		effectiveAt: '2026-01-31T23:00:00Z',
		contract: CONTRACT,
		after: markdown('agreement.md'),
	};
}

/** Its first amendment is signed. */
function amendedEvent() {
	return {
		id: 'evt-msa-2026-014-amendment-1',
		type: 'contract.amended',
		occurredAt: '2026-11-16T09:12:00Z',
		effectiveAt: '2026-11-16T09:12:00Z',
		contract: CONTRACT,
		before: markdown('agreement.md'),
		after: markdown('agreement-amended.md'),
		amendment: {
			id: 'MSA-2026-014-A1',
			title: 'Amendment No. 1',
			number: 1,
			signedAt: '2026-11-16T09:12:00Z',
		},
	};
}

/** @returns {{ people: Record<string, { givenName: string, familyName: string, title?: string }>, applications: Record<string, { accounts: string[], groups: Record<string, string[]> }> }} */
function people() {
	return JSON.parse(readFileSync(path.join(DEMO, 'people.json'), 'utf8'));
}

module.exports = { amendedEvent, people, signedEvent };

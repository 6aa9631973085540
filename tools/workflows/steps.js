'use strict';
// The single steps that example workflows are made of, each drawn in one way.

const MANUAL = 'When clicking ‘Execute workflow’';
const SETTINGS = 'Settings';
const WHAT_CAME_IN = 'What Came In';
const EVALUATE = 'Evaluate Access';
const APPLY = ['Apply to Slack', 'Apply to GitHub'];
const POLICY = `={{ $('${SETTINGS}').first().json.policy }}`;
const POLICY_NAME = `={{ $('${SETTINGS}').first().json.policyName }}`;

const NO_OP = ['base.noOp', 1];
const SET = ['base.set', 3.4];

/** A place where a node of the user's own goes. */
function placeholder(canvas, name, place, note) {
	return canvas.node(name, place, NO_OP, {}, { note });
}

/** One condition of a Switch or Filter: an expression that is true. */
function isTrue(expression) {
	return {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{
				id: 'is-true',
				leftValue: `={{ ${expression} }}`,
				rightValue: '',
				operator: { type: 'boolean', operation: 'true', singleValue: true },
			},
		],
		combinator: 'and',
	};
}

/** Sends items by the first expression that is true, the rest by the last output. */
function route(canvas, name, place, cases, otherwise) {
	const values = Object.entries(cases).map(([outputKey, expression]) => ({
		conditions: isTrue(expression),
		renameOutput: true,
		outputKey,
	}));
	const options = { fallbackOutput: 'extra', renameFallbackOutput: otherwise };
	return canvas.node(name, place, ['base.switch', 3.2], { rules: { values }, options });
}

/** Lets through the items for which an expression is true. */
function only(canvas, name, place, expression) {
	return canvas.node(name, place, ['base.filter', 2.2], { conditions: isTrue(expression), options: {} });
}

/** Fields that are added to each item, or that replace it. */
function fields(canvas, name, place, values, { keep }) {
	const assignments = Object.entries(values).map(([field, value]) => ({
		id: field,
		name: field,
		value,
		type: 'string',
	}));
	return canvas.node(name, place, SET, {
		mode: 'manual',
		duplicateItem: false,
		assignments: { assignments },
		includeOtherFields: keep,
		options: {},
	});
}

/** The policy, and what else somebody sets. Everything that comes in goes through here. */
function settings(canvas, place, { policy, ...more }) {
	return fields(canvas, SETTINGS, place, { policy, policyName: nameOf(policy), ...more }, { keep: true });
}

function nameOf(policy) {
	const [, name] = /^policy: (\S+)$/m.exec(policy) ?? [];
	if (name === undefined) throw new Error('The policy begins with no name.');
	return name;
}

/** The policy says how attributes and days are read, and what has to be known: an event goes by it before it is stored. */
function hrisTrigger(canvas, place, { path, policy }) {
	const parameters = { path, policyName: nameOf(policy) };
	return canvas.node('HRIS Trigger', place, ['hrisTrigger', 1], parameters, { webhook: true });
}

/** Sample data as JSON; expressions in it are worked out when it runs, so that dates are never stale. */
function sample(canvas, name, place, json, options) {
	const jsonOutput = `=${JSON.stringify(json, null, 2)}\n`;
	return canvas.node(name, place, SET, { mode: 'raw', jsonOutput, options: {} }, options);
}

/** A day as HR systems write it, in the policy's zone, so many days from when the workflow runs. */
function dayFromNow(days) {
	return `{{ $now.setZone('Europe/Berlin').plus({ days: ${days} }).toISODate() }}`;
}

/** Several events of a sample, one item each. */
function samples(canvas, name, place, events) {
	const [column, row] = place;
	sample(canvas, name, place, { events });
	const each = `${name}, Each`;
	canvas.node(each, [column + 1, row], ['base.splitOut', 1], { fieldToSplitOut: 'events', options: {} });
	canvas.wire(name, 0, each);
	return each;
}

function manual(canvas, place) {
	return canvas.node(MANUAL, place, ['base.manualTrigger', 1], {});
}

function form(canvas, name, place, { path, title, description, labels }) {
	const values = Object.entries(labels).map(([fieldLabel, more]) => ({ fieldLabel, requiredField: true, ...more }));
	const parameters = {
		authentication: 'basicAuth',
		formTitle: title,
		formDescription: description,
		formFields: { values },
		options: { path },
	};
	return canvas.node(name, place, ['base.formTrigger', 2.2], parameters, { webhook: true });
}

function evaluate(canvas, name, place, source = { policySource: 'define', policy: POLICY }) {
	return canvas.node(name, place, ['accessPolicy', 1], { operation: 'evaluate', ...source, options: {} });
}

function compare(canvas, name, place) {
	return canvas.node(name, place, ['contractDiff', 1], { operation: 'compareVersions', policy: POLICY, options: {} });
}

function apply(canvas, name, place, application, scope = 'items') {
	const parameters = { authentication: 'bearerToken', operation: 'applyActions', application, scope, options: {} };
	return canvas.node(name, place, ['scim', 1], parameters);
}

/** What an application holds against what the ledger says. `then`: report, plan or adopt. */
function reconcile(canvas, name, place, application, then, more = {}) {
	const how = { authentication: 'bearerToken', operation: 'reconcile', application };
	const parameters = { ...how, policyName: POLICY_NAME, mode: then, ...more, options: {} };
	return canvas.node(name, place, ['scim', 1], parameters, { once: true });
}

function ledger(canvas, name, place, operation, parameters, options) {
	return canvas.node(name, place, ['accessLedger', 1], { operation, ...parameters }, options);
}

module.exports = {
	APPLY,
	EVALUATE,
	MANUAL,
	POLICY,
	POLICY_NAME,
	SETTINGS,
	WHAT_CAME_IN,
	apply,
	compare,
	dayFromNow,
	evaluate,
	fields,
	form,
	hrisTrigger,
	ledger,
	manual,
	nameOf,
	only,
	placeholder,
	reconcile,
	route,
	sample,
	samples,
	settings,
};

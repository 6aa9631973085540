// The peers of bench/policy.js. Each is made once for a job and then gives, for one person, the sorted entitlements.
// Every peer is used the way that was fastest for it among those that its documentation shows.
'use strict';

const { VALUES } = require('./job.js');

const union = (lists) => [...new Set(lists.flat())].sort();
const literal = (value) => JSON.stringify(value);

/** One operator of a condition as text; CEL and Cedar write all but sets alike. */
function celClause(name, operator, value) {
	switch (operator) {
		case 'eq':
			return `${name} == ${literal(value)}`;
		case 'in':
			return `${name} in [${value.map(literal).join(', ')}]`;
		case 'not':
			return `!(${name} in [${value.map(literal).join(', ')}])`;
		case 'gte':
			return `${name} >= ${value}`;
		default:
			return `${name} <= ${value}`;
	}
}

function clauses(when, write) {
	return Object.entries(when).flatMap(([name, operators]) =>
		Object.entries(operators).map(([operator, value]) => write(name, operator, value)),
	);
}

/** One compiled expression a rule. */
function celJs({ rules }) {
	const { Environment } = require('@marcbachmann/cel-js');
	const environment = new Environment();
	for (const name of Object.keys(VALUES)) environment.registerVariable(name, name === 'level' ? 'double' : 'string');
	const programs = rules.map(({ when }) => environment.parse(clauses(when, celClause).join(' && ')));
	return (person) => {
		const granted = new Set();
		for (let index = 0; index < programs.length; index += 1) {
			if (programs[index](person)) for (const name of rules[index].grant) granted.add(name);
		}
		return [...granted].sort();
	};
}

/** One ability; an entitlement is an action on the person. */
function casl({ rules, entitlements }) {
	const { createMongoAbility } = require('@casl/ability');
	const operators = { eq: '$eq', in: '$in', not: '$nin', gte: '$gte', lte: '$lte' };
	const conditions = (when) =>
		Object.fromEntries(
			Object.entries(when).map(([name, each]) => [
				name,
				Object.fromEntries(Object.entries(each).map(([operator, value]) => [operators[operator], value])),
			]),
		);
	const ability = createMongoAbility(
		rules.flatMap(({ when, grant }) =>
			grant.map((action) => ({ action, subject: 'Person', conditions: conditions(when) })),
		),
		{ detectSubjectType: () => 'Person' },
	);
	const sorted = [...entitlements].sort();
	return (person) => sorted.filter((name) => ability.can(name, person));
}

/** One engine; a rule's event carries what it grants. */
function jsonRulesEngine({ rules }) {
	const { Engine } = require('json-rules-engine');
	const operators = { eq: 'equal', in: 'in', not: 'notIn', gte: 'greaterThanInclusive', lte: 'lessThanInclusive' };
	const engine = new Engine();
	for (const { when, grant } of rules) {
		const all = clauses(when, (fact, operator, value) => ({ fact, operator: operators[operator], value }));
		engine.addRule({ conditions: { all }, event: { type: 'grant', params: { grant } } });
	}
	return async (person) => {
		const { events } = await engine.run(person);
		return union(events.map(({ params }) => params.grant));
	};
}

/** One policy set, parsed beforehand; the reasons of one decision name every permit that holds. */
function cedar({ rules }, name) {
	const { preparsePolicySet, statefulIsAuthorized } = require('@cedar-policy/cedar-wasm/nodejs');
	const write = (attribute, operator, value) => {
		const clause = celClause(`context.${attribute}`, operator, value);
		return operator === 'in' || operator === 'not'
			? clause.replace(/(context\.\w+) in (\[.*\])/, '$2.contains($1)')
			: clause;
	};
	const staticPolicies = Object.fromEntries(
		rules.map(({ id, when }) => [
			id,
			`permit(principal, action, resource) when { ${clauses(when, write).join(' && ')} };`,
		]),
	);
	const answer = preparsePolicySet(name, { staticPolicies });
	if (answer.type !== 'success') throw new Error(`Cedar refuses the job: ${JSON.stringify(answer).slice(0, 300)}`);
	const grants = new Map(rules.map(({ id, grant }) => [id, grant]));
	const asks = {
		principal: { type: 'Person', id: 'one' },
		action: { type: 'Action', id: 'hold' },
		resource: { type: 'Company', id: 'acme' },
		preparsedPolicySetId: name,
		entities: [],
	};
	return (person) => {
		const result = statefulIsAuthorized({ ...asks, context: person });
		if (result.type !== 'success') throw new Error(JSON.stringify(result).slice(0, 300));
		return union(result.response.diagnostics.reason.map((id) => grants.get(id)));
	};
}

module.exports = {
	'@marcbachmann/cel-js': celJs,
	'@casl/ability': casl,
	'json-rules-engine': jsonRulesEngine,
	'@cedar-policy/cedar-wasm': cedar,
};

import { compilePolicy, explainEntitlement, parsePolicy, type EntitlementExplanation } from '../../core/policy';
import { columns } from '../columns';
import { EXIT, instant, type Command } from '../command';
import { readText } from '../input-file';
import { readPeople } from '../people-file';
import { evaluatePerson } from './policy-evaluate';

export const policyExplain: Command = {
	name: 'policy explain',
	arguments: ['POLICY', 'PEOPLE', 'ENTITLEMENT'],
	summary: 'Say why people get an entitlement, or which clause of each rule stands in the way.',
	details: ['PEOPLE as for policy evaluate. Exit code 1 where somebody does not get it.'],
	options: {
		json: { type: 'boolean', help: 'One JSON document' },
		'as-of': { type: 'string', value: 'T', help: 'Moment that is asked about (default: now)' },
	},
	run: async ({ positionals, options, terminal }) => {
		const [policyFile = '', peopleFile = '', entitlement = ''] = positionals;
		const { policy, hash } = parsePolicy(await readText(terminal, 'POLICY', policyFile));
		const compiled = compilePolicy(policy, hash);
		const asOf = instant(options, 'as-of') ?? terminal.now();
		const people = await readPeople(terminal, 'PEOPLE', peopleFile);
		const answers = people.map((person) => {
			const answer = explainEntitlement(compiled, { attributes: person.attributes, assignments: [] }, entitlement);
			const access = evaluatePerson(compiled, person, asOf);
			const blockedBy = access.withheld.filter((each) => each.entitlement === entitlement);
			const given = access.entitlements.some((each) => each.entitlement === entitlement);
			return { person: person.id, given, ...answer, blockedBy };
		});
		if (options['json'] === true) terminal.out(`${JSON.stringify({ asOf, answers }, null, 2)}\n`);
		else {
			for (const { person, given, blockedBy, ...answer } of answers) {
				terminal.out(`${person}: ${entitlement} ${given ? 'is given' : 'is not given'}\n${shown(answer)}`);
				terminal.out(
					columns(
						blockedBy.map(({ code, reason }) => [code, reason]),
						'  ',
					),
				);
			}
		}
		return answers.every(({ given }) => given) ? EXIT.ok : EXIT.findings;
	},
};

function shown({ declared, granting, withheld, notGranting }: EntitlementExplanation): string {
	if (!declared) return '  The policy declares no such entitlement.\n';
	const gives = granting.map(({ kind, ref, reason }) => [`${kind} ${ref}`, reason]);
	const keeps = withheld.map((reason) => ['withheld', reason]);
	const not = notGranting.map(({ kind, rule, outcome, clause, actual }) => [
		`${kind} ${rule}`,
		`${outcome === 'missing' ? 'not known' : 'does not hold'}: ${clause}${actual === undefined ? '' : ` (it is ${String(actual)})`}`,
	]);
	const rows = [...gives, ...keeps, ...not];
	return rows.length === 0 ? '  No rule gives it.\n' : columns(rows, '  ');
}

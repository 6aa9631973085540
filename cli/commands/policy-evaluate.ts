import { compilePolicy, desiredTenures, parsePolicy, type CompiledPolicy, type Withheld } from '../../core/policy';
import type { PersonTimeline, SeparationHit, Source } from '../../core/model';
import { columns } from '../columns';
import { EXIT, instant, type Command } from '../command';
import { readText } from '../input-file';
import { readPeople, type CliPerson } from '../people-file';

/** What one person should hold at a moment by the rules. */
export interface EvaluatedPerson {
	person: string;
	entitlements: Array<{ entitlement: string; sources: Source[] }>;
	withheld: Withheld[];
	separation: SeparationHit[];
	/** What proposed rules would earn. */
	proposed: Array<{ rule: string; entitlement: string }>;
}

export const policyEvaluate: Command = {
	name: 'policy evaluate',
	arguments: ['POLICY', 'PEOPLE'],
	summary: 'Say what people with these attributes should hold by the rules, and by which.',
	details: [
		'PEOPLE is a JSON object, a JSON list, or one JSON object a line: attributes by name, and an id, hrId or email to tell people apart. Contracts and history are what replay is for.',
	],
	options: {
		json: { type: 'boolean', help: 'One JSON document' },
		'as-of': {
			type: 'string',
			value: 'T',
			help: 'Moment that exemptions and the like are looked at for (default: now)',
		},
	},
	run: async ({ positionals, options, terminal }) => {
		const [policyFile = '', peopleFile = ''] = positionals;
		const { policy, hash } = parsePolicy(await readText(terminal, 'POLICY', policyFile));
		const compiled = compilePolicy(policy, hash);
		const people = await readPeople(terminal, 'PEOPLE', peopleFile);
		const asOf = instant(options, 'as-of') ?? terminal.now();
		const evaluated = people.map((person) => evaluatePerson(compiled, person, asOf));
		if (options['json'] === true) {
			terminal.out(`${JSON.stringify({ policy: { name: policy.policy, hash }, asOf, people: evaluated }, null, 2)}\n`);
		} else for (const each of evaluated) terminal.out(shown(each));
		return EXIT.ok;
	},
};

export function evaluatePerson(compiled: CompiledPolicy, { id, attributes }: CliPerson, asOf: string): EvaluatedPerson {
	const email = attributes['email'];
	const timeline: PersonTimeline = {
		identityId: id,
		keys: typeof email === 'string' ? { email: email.toLowerCase() } : {},
		segments: [{ from: '0000-01-01T00:00:00.000Z', attributes }],
	};
	const access = desiredTenures({ compiled, timeline, assignments: [], held: [], asOf });
	const entitlements = [...access.holdings]
		.flatMap(([entitlement, tenures]) => {
			const now = tenures.filter(({ from, until }) => from <= asOf && (until === undefined || until > asOf));
			return now.length === 0 ? [] : [{ entitlement, sources: now.map(({ source }) => source) }];
		})
		.sort((a, b) => (a.entitlement < b.entitlement ? -1 : 1));
	return {
		person: id,
		entitlements,
		withheld: access.withheld,
		separation: access.separation,
		proposed: access.proposed,
	};
}

function shown({ person, entitlements, withheld, proposed }: EvaluatedPerson): string {
	const held = entitlements.map(({ entitlement, sources }) => [
		entitlement,
		sources.map(({ reason }) => reason).join('; '),
	]);
	const kept = withheld.map(({ entitlement, reason }) => [entitlement, `withheld: ${reason}`]);
	const later = proposed.map(({ entitlement, rule }) => [entitlement, `proposed by rule ${rule}`]);
	const rows = [...held, ...kept, ...later];
	return `${person}\n${rows.length === 0 ? '  nothing\n' : columns(rows, '  ')}`;
}

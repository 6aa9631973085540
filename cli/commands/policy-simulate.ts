import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { policyHead, computeHere, simulate, type SimulationResult } from '../../core/governance';
import { compilePolicy, effectOnAccess, parsePolicy, policyChanges } from '../../core/policy';
import { Ledger } from '../../core/store';
import { columns } from '../columns';
import { EXIT, instant, text, UsageError, type Call, type Command } from '../command';
import { readText } from '../input-file';
import { readPeople } from '../people-file';
import { evaluatePerson } from './policy-evaluate';

export const policySimulate: Command = {
	name: 'policy simulate',
	arguments: ['POLICY'],
	summary: 'Show what a policy would change, without any effect.',
	details: [
		'With --ledger, for everybody whom a ledger knows, against what they hold today. With --people, for the people of a file, against what --against gives them (nothing, without it).',
		'Exit code 1 where a guard would stop the run.',
	],
	options: {
		json: { type: 'boolean', help: 'One JSON document' },
		ledger: { type: 'string', value: 'FILE', help: 'Ledger of an n8n, opened to be read only' },
		people: { type: 'string', value: 'FILE', help: 'People as for policy evaluate' },
		against: { type: 'string', value: 'POLICY', help: 'The policy that is in force' },
		'as-of': { type: 'string', value: 'T', help: 'Moment that is asked about (default: now)' },
	},
	run: async (call) => {
		const { options } = call;
		const [ledger, people] = [text(options, 'ledger'), text(options, 'people')];
		if ((ledger === undefined) === (people === undefined)) {
			throw new UsageError('Give either --ledger or --people. Run: contract-provisioning policy simulate --help');
		}
		return ledger === undefined ? await ofPeople(call, people ?? '') : await ofLedger(call, ledger);
	},
};

async function ofLedger({ positionals, options, terminal }: Call, file: string) {
	const source = await readText(terminal, 'POLICY', positionals[0] ?? '');
	const head = policyHead(source);
	const ledger = await Ledger.open({
		file: path.resolve(terminal.folder, file),
		clock: () => Date.parse(terminal.now()),
		random: randomBytes,
		readOnly: true,
	});
	try {
		const result = await simulate(ledger, computeHere, {
			policy: source,
			head,
			asOf: instant(options, 'as-of') ?? terminal.now(),
			onProgress: (done) => terminal.err(`\r${done} people`),
		});
		terminal.err('\n');
		terminal.out(options['json'] === true ? `${JSON.stringify(result, null, 2)}\n` : shown(result));
		return result.guards.length > 0 ? EXIT.findings : EXIT.ok;
	} finally {
		await ledger.close();
	}
}

function shown(result: SimulationResult): string {
	const { people, guards, applications, separation } = result;
	const figures = [
		['People', `${people.total}, of whom ${people.changed} change`],
		['Granted', String(result.granted)],
		['Revoked', String(result.revoked)],
		['Later', String(result.scheduled)],
		['Privileged', String(result.privileged)],
		['To approve', String(result.needApproval)],
		[
			'Separation of duties',
			`${separation.blocked} blocked, ${separation.approve} to approve, ${separation.record} recorded`,
		],
		['Exposures', String(result.exposures)],
	];
	const byApplication = Object.entries(applications).map(([name, effect]) => [
		name,
		`+${effect.granted} −${effect.revoked}`,
		`${effect.scheduled} later`,
		effect.enforcement,
	]);
	const stops = guards.map(({ message }) => `Would be stopped: ${message}\n`);
	return `${columns(figures)}\n${columns(byApplication, '  ')}${stops.join('')}`;
}

async function ofPeople({ positionals, options, terminal }: Call, file: string) {
	const read = async (role: string, name: string) => {
		const { policy, hash } = parsePolicy(await readText(terminal, role, name));
		return { policy, compiled: compilePolicy(policy, hash) };
	};
	const after = await read('POLICY', positionals[0] ?? '');
	const against = text(options, 'against');
	const before = against === undefined ? undefined : await read('--against', against);
	const asOf = instant(options, 'as-of') ?? terminal.now();
	const people = (await readPeople(terminal, '--people', file)).map((person) => {
		const names = (compiled: typeof after.compiled) =>
			new Set(evaluatePerson(compiled, person, asOf).entitlements.map(({ entitlement }) => entitlement));
		const now = names(after.compiled);
		const then = before === undefined ? new Set<string>() : names(before.compiled);
		return {
			person: person.id,
			granted: [...now].filter((name) => !then.has(name)),
			revoked: [...then].filter((name) => !now.has(name)),
		};
	});
	const changed = people.filter(({ granted, revoked }) => granted.length + revoked.length > 0);
	const result = {
		policy: { name: after.policy.policy, hash: after.compiled.hash },
		asOf,
		people: { total: people.length, changed: changed.length },
		granted: changed.reduce((sum, { granted }) => sum + granted.length, 0),
		revoked: changed.reduce((sum, { revoked }) => sum + revoked.length, 0),
		...(before && {
			changes: policyChanges(before.policy, after.policy),
			effect: effectOnAccess(before.policy, after.policy),
		}),
		list: changed,
	};
	if (options['json'] === true) terminal.out(`${JSON.stringify(result, null, 2)}\n`);
	else {
		terminal.out(
			`${result.people.changed} of ${result.people.total} people change: ${result.granted} granted, ${result.revoked} revoked.\n`,
		);
		terminal.out(
			columns(
				changed.map(({ person, granted, revoked }) => [
					person,
					[...granted.map((name) => `+${name}`), ...revoked.map((name) => `−${name}`)].join(' '),
				]),
				'  ',
			),
		);
	}
	return EXIT.ok;
}

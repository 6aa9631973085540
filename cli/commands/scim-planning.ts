import { DomainError } from '../../core/model';
import {
	MATCH_ORDER,
	discover,
	planScim,
	recallLearned,
	type JournalRecord,
	type MatchKey,
	type ScimPlan,
} from '../../core/scim';
import { UsageError, text, type Call, type CommandOption, type OptionValues } from '../command';
import type { Connection } from './scim-connection';
import { readDesired } from './scim-files';

/** Options of the commands that plan. */
export const PLAN_OPTIONS: Readonly<Record<string, CommandOption>> = {
	desired: { type: 'string', value: 'FILE', help: 'JSON: { "users": [SCIM User …], "groups": [SCIM Group …] }' },
	'deactivate-missing': { type: 'boolean', help: 'Deactivate active accounts that the file doesn’t name' },
	'create-groups': { type: 'boolean', help: 'Create groups that the application doesn’t have' },
	passwords: { type: 'boolean', help: 'Give new accounts a generated password, sent once and kept nowhere' },
	match: {
		type: 'string',
		value: 'KEYS',
		help: 'What accounts are found by, strongest first (default id,externalId,userName,email)',
	},
	guard: {
		type: 'string',
		value: 'N%',
		help: 'Stop where more than N % of the accounts or memberships would be taken',
	},
};

/** @param earlier records of the journal, where there is one: what its runs learned and sent counts */
export async function planFor(
	call: Call,
	{ client, url }: Connection,
	earlier: readonly JournalRecord[] = [],
): Promise<ScimPlan> {
	const match = matchOf(call.options);
	const desired = await readDesired(call);
	recallLearned(client, earlier, url);
	const { options } = call;
	// What the application says of itself makes the plan exact; what it doesn't say, it may keep to itself.
	await discover(client).catch((error: unknown) => {
		if (!(error instanceof DomainError)) throw error;
		call.terminal.err(`The application does not describe itself: ${error.message}\n`);
	});
	return planScim(client, client.profile, desired, {
		application: url,
		earlier,
		deactivateMissing: options['deactivate-missing'] === true,
		createGroups: options['create-groups'] === true,
		...(options['passwords'] === true ? { passwords: true } : {}),
		...match,
	});
}

/** `--match id,externalId`: the keys that accounts are found by. */
function matchOf(options: OptionValues): { match?: readonly MatchKey[] } {
	const value = text(options, 'match');
	if (value === undefined) return {};
	const match = value.split(',').map((word) => {
		const key = MATCH_ORDER.find((each) => each.toLowerCase() === word.trim().toLowerCase());
		if (key === undefined) throw new UsageError(`--match is "${value}"; it takes keys of: ${MATCH_ORDER.join(',')}.`);
		return key;
	});
	return { match: [...new Set(match)] };
}

/** `--guard 10%`, also without the sign. A stated guard holds for the smallest team, too. */
export function guardOf(options: OptionValues): { percent: number } | undefined {
	const value = text(options, 'guard');
	if (value === undefined) return undefined;
	const number = /^(\d{1,3}(?:\.\d{1,3})?)\s*%?$/.exec(value)?.[1];
	if (number !== undefined && Number(number) <= 100) return { percent: Number(number) };
	throw new UsageError(`--guard is "${value}"; it takes a percentage from 0% to 100%.`);
}

export function hasErrors({ findings }: Pick<ScimPlan, 'findings'>): boolean {
	return findings.some(({ severity }) => severity === 'error');
}

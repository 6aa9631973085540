import { randomBytes } from 'node:crypto';
import { contentHash, contentId, DomainError, type ErrorCode } from '../../../core/model';
import {
	applyScim,
	planScim,
	type MatchKey,
	type ScimAction,
	type ScimActionKind,
	type ScimClient,
	type ScimPlan,
} from '../../../core/scim';
import type { ExceptionJournal } from './exception-journal';

/** What a change past the ledger comes to: planned by reading alone, then carried out, or only shown. */
export interface Change {
	/** The same for a dry run and for the run itself, as long as nothing changed in between. */
	hash: string;
	actions: readonly object[];
	run: (journal: ExceptionJournal) => Promise<Done>;
}

export interface Done {
	outcome: 'verified' | 'applied' | 'unchanged';
	/** The application's id of what was changed. */
	remoteId?: string;
	note?: string;
}

export interface ScimChange {
	client: ScimClient;
	/** Users or groups as `planScim` takes them. */
	desired: object;
	baseUrl: string;
	/** Where it is known which entry is meant: its id, and nothing else finds it. */
	known?: { id: string };
	/** Of `create`: what the plan has to be; an entry that is there already is an error then. */
	mustCreate?: 'create_user' | 'create_group';
}

/** What says that an account is the one that is meant. An address may be shared: it must not make one account another's. */
const OWN_KEYS: readonly MatchKey[] = ['externalId', 'userName'];

/** A change that the planner of desired states knows: creations, updates, deactivations. */
export async function scimChange(change: ScimChange): Promise<Change> {
	const { client, desired, baseUrl, known, mustCreate } = change;
	const plan = await planScim(client, client.profile, desired, {
		application: baseUrl,
		createGroups: true,
		match: known === undefined ? OWN_KEYS : ['id'],
		// Whoever changes a title lets nobody in by it.
		keepActive: true,
	});
	refuseErrors(plan);
	if (mustCreate !== undefined) refuseExisting(plan, mustCreate);
	if (known !== undefined) refuseCreation(plan);
	return { hash: plan.hash, actions: plan.actions, run: (journal) => apply(client, plan, journal, known?.id) };
}

async function apply(
	client: ScimClient,
	plan: ScimPlan,
	journal: ExceptionJournal,
	known: string | undefined,
): Promise<Done> {
	const own = known === undefined ? {} : { remoteId: known };
	if (plan.actions.length === 0) return { outcome: 'unchanged', note: 'It is as wanted already.', ...own };
	const { results } = await applyScim(plan, {
		client,
		journal,
		random: randomBytes,
		// One entry at a time is no mass change, whatever share of a small application it is.
		guard: { percent: 100 },
	});
	const failed = results.find(({ outcome }) => outcome === 'failed');
	if (failed !== undefined) {
		throw new DomainError(
			(failed.code ?? 'SCIM_FAILED') satisfies ErrorCode,
			failed.note ?? 'The application did not take the change.',
			failed.remedy ?? 'Run again, so that the current state is read.',
			answered(failed.note),
		);
	}
	const remoteId = results.find((each) => each.remoteId !== undefined)?.remoteId ?? known;
	const note = results.find((each) => each.note !== undefined)?.note;
	const outcome = results.every((each) => each.outcome !== 'applied') ? 'verified' : 'applied';
	return { outcome, ...(remoteId !== undefined && { remoteId }), ...(note !== undefined && { note }) };
}

/** Status and scimType, which the report of a plan has in its words only. */
function answered(note = ''): Record<string, string | number> {
	const [, status, scimType] = /was answered (\d{3})(?: ([A-Za-z]{1,40}))?/.exec(note) ?? [];
	return { ...(status && { status: Number(status) }), ...(scimType && { scimType }) };
}

/** A change of its own kind: one action, its hash bound to the application and everything that it does. */
export function ownChange(
	baseUrl: string,
	action: { kind: string; subject: string; remoteId: string; members?: readonly string[] },
	work: (record: { run: string; action: string }) => (journal: ExceptionJournal) => Promise<Done>,
): Change {
	const id = contentId('scim', action);
	const actions = [{ id, ...action }];
	const hash = contentHash({ v: 1, application: baseUrl, actions });
	const run = `run_${randomBytes(8).toString('hex')}`;
	return { hash, actions, run: work({ run, action: id }) };
}

/** Nothing to do: its hash is that of no action. */
export function noChange(baseUrl: string, remoteId: string): Change {
	const hash = contentHash({ v: 1, application: baseUrl, actions: [] });
	return {
		hash,
		actions: [],
		run: async () => ({ outcome: 'unchanged', remoteId, note: 'It is as wanted already.' }),
	};
}

function refuseErrors({ findings }: ScimPlan): void {
	const error = findings.find(({ severity }) => severity === 'error');
	const unknown = findings.find(({ code }) => code === 'member_unknown' || code === 'manager_unknown');
	const found = error ?? unknown;
	if (found === undefined) return;
	const code = ['ambiguous', 'other_person'].includes(found.code) ? 'SCIM_AMBIGUOUS' : 'SCIM_FAILED';
	throw new DomainError(code, found.message, found.remedy.replace(/ in the file\b|the users of the file/g, ''));
}

function refuseExisting({ actions }: ScimPlan, wanted: ScimActionKind): void {
	if (actions.some(({ kind }: ScimAction) => kind === wanted)) return;
	const what = wanted === 'create_user' ? 'An account with these keys' : 'A group of this name';
	throw new DomainError(
		'SCIM_FAILED',
		`${what} is there already.`,
		'Use Create or Update, which takes it over, or Update.',
		{ status: 409, ambiguous: false },
	);
}

/** What was there a moment ago must not be made anew because it vanished in between. */
function refuseCreation({ actions }: ScimPlan): void {
	if (!actions.some(({ kind }) => kind === 'create_user' || kind === 'create_group')) return;
	throw new DomainError(
		'SCIM_FAILED',
		'The entry disappeared while its change was planned.',
		'Look it up again; somebody may have deleted it.',
		{ status: 404, ambiguous: false },
	);
}

import { applyScim, type ScimApplyReport, type ScimPlan } from '../../core/scim';
import { EXIT, text, type Command } from '../command';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS, progressTo } from './scim-connection';
import { JournalFile } from './scim-files';
import { withApplication } from './scim-output';
import { PLAN_OPTIONS, guardOf, hasErrors, planFor } from './scim-planning';

export const scimApply: Command = {
	name: 'scim apply',
	arguments: ['URL'],
	summary:
		'Bring an application to the users and groups of a file: disables first, users before groups, each write read back.',
	details: [
		'With --journal, the state before each change is on the disk before its request leaves: `scim undo` takes the run back, and a run that was killed goes on with the same journal and repeats nothing.',
		'--dry-run only reads. Its hash is that of the applied run, as long as nothing changed in between.',
		...CONNECTION_DETAILS,
		'Exit code 1 where a change failed, something wanted had to be left out, or the guard stopped the run before its first write.',
	],
	options: {
		...CONNECTION_OPTIONS,
		...PLAN_OPTIONS,
		'dry-run': { type: 'boolean', help: 'Read and plan only' },
		journal: { type: 'string', value: 'FILE', help: 'Where the states before and after are kept' },
		'no-bulk': { type: 'boolean', help: 'One request for each change, also where the application takes bulk requests' },
		'no-read-back': { type: 'boolean', help: 'Trust answers that show the entry as wanted' },
	},
	run: (call) => {
		const guard = guardOf(call.options);
		const dryRun = call.options['dry-run'] === true;
		const file = text(call.options, 'journal');
		return withApplication(call, async (connection) => {
			const journal = file === undefined ? undefined : JournalFile.at(call, file);
			try {
				if (!dryRun) await journal?.lock();
				const plan = await planFor(call, connection, await journal?.read());
				call.terminal.err(`plan ${plan.hash.slice(0, 12)}: ${plan.actions.length} changes\n`);
				const report = await applyScim(plan, {
					client: connection.client,
					random: connection.random,
					dryRun,
					bulk: call.options['no-bulk'] === true ? 'off' : 'auto',
					verification: call.options['no-read-back'] === true ? 'answer' : 'read',
					onProgress: progressTo(call),
					...(journal === undefined || dryRun ? {} : { journal }),
					...(guard === undefined ? {} : { guard }),
				});
				for (const reason of report.guard.reasons) call.terminal.err(`guard: ${reason} Nothing was written.\n`);
				return { document: documentOf(plan, report, connection.client.profile), code: codeOf(plan, report) };
			} finally {
				await journal?.close();
			}
		});
	},
};

function documentOf(plan: ScimPlan, report: ScimApplyReport, profile: unknown): unknown {
	const { actions, counts, population, complete, reads } = plan;
	return { ...report, plan: { counts, population, complete, reads, ...(report.dryRun ? { actions } : {}) }, profile };
}

function codeOf(plan: ScimPlan, { outcome }: ScimApplyReport): typeof EXIT.ok | typeof EXIT.findings {
	return outcome === 'failed' || outcome === 'stopped' || hasErrors(plan) ? EXIT.findings : EXIT.ok;
}

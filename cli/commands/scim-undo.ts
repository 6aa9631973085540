import { emptyJournal, recallLearned, undoScim } from '../../core/scim';
import { EXIT, text, UsageError, type Command } from '../command';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS, progressTo } from './scim-connection';
import { JournalFile } from './scim-files';
import { withApplication } from './scim-output';

export const scimUndo: Command = {
	name: 'scim undo',
	arguments: ['URL'],
	summary: 'Take back what a journal says was applied, last first.',
	details: [
		'Every attribute is compared first: what somebody changed since is a conflict and stays. Created accounts are deactivated, memberships inverted; where groups don’t show their members, only those go whom the journal proves to be its own. The undo is written to the same journal; a second one does nothing.',
		...CONNECTION_DETAILS,
		'Exit code 1 where something could not be taken back.',
	],
	options: {
		...CONNECTION_OPTIONS,
		journal: { type: 'string', value: 'FILE', help: 'The journal that `scim apply` wrote' },
		'dry-run': { type: 'boolean', help: 'Read and decide only' },
	},
	run: (call) => {
		const file = text(call.options, 'journal');
		if (file === undefined) throw new UsageError('--journal is missing: it names the journal that `scim apply` wrote.');
		return withApplication(call, async ({ client, url }) => {
			const journal = JournalFile.at(call, file, true);
			const dryRun = call.options['dry-run'] === true;
			try {
				if (!dryRun) await journal.lock();
				const records = await journal.read();
				if (records.length === 0) throw emptyJournal();
				recallLearned(client, records, url);
				const report = await undoScim(client, journal, { dryRun, onProgress: progressTo(call) });
				return { document: report, code: report.outcome === 'failed' ? EXIT.findings : EXIT.ok };
			} finally {
				await journal.close();
			}
		});
	},
};

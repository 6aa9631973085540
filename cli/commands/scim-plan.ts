import { DEFAULT_GUARD, checkGuard } from '../../core/scim';
import { EXIT, text, type Command } from '../command';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS } from './scim-connection';
import { JournalFile } from './scim-files';
import { withApplication } from './scim-output';
import { PLAN_OPTIONS, guardOf, hasErrors, planFor } from './scim-planning';

export const scimPlan: Command = {
	name: 'scim plan',
	arguments: ['URL'],
	summary: 'Show what would change so that an application has the users and groups of a file. Only reads.',
	details: [
		'Accounts are found by id, externalId, userName and e-mail. People the file doesn’t name stay as they are; members the file doesn’t name leave the groups that it does.',
		...CONNECTION_DETAILS,
		'Exit code 1 where something wanted had to be left out, or the guard would stop the run.',
	],
	options: {
		...CONNECTION_OPTIONS,
		...PLAN_OPTIONS,
		journal: {
			type: 'string',
			value: 'FILE',
			help: 'A journal whose next run is planned: what its runs learned and sent',
		},
	},
	run: (call) => {
		const limit = guardOf(call.options) ?? DEFAULT_GUARD;
		const file = text(call.options, 'journal');
		return withApplication(call, async (connection) => {
			const earlier = file === undefined ? [] : await JournalFile.at(call, file, true).read();
			const plan = await planFor(call, connection, earlier);
			const guard = checkGuard(plan.population, limit);
			return { document: { ...plan, guard }, code: hasErrors(plan) || guard.tripped ? EXIT.findings : EXIT.ok };
		});
	},
};

import { discover, reconcileScim } from '../../core/scim';
import { EXIT, type Command } from '../command';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS, count, progressTo } from './scim-connection';
import { streamDesired } from './scim-files';
import { withApplication } from './scim-output';

export const scimReconcile: Command = {
	name: 'scim reconcile',
	arguments: ['URL'],
	summary: 'Compare all accounts and the managed groups of an application with a file. Only reads.',
	details: [
		'Lists orphans, drift attribute by attribute, missing accounts, memberships nobody wants, idle accounts and duplicates. Where not everything could be read, it says so and counts nothing as missing.',
		...CONNECTION_DETAILS,
		'Exit code 1 where anything differs or not everything could be read.',
	],
	options: {
		...CONNECTION_OPTIONS,
		desired: { type: 'string', value: 'FILE', help: 'JSON: { "users": [SCIM User …], "groups": [SCIM Group …] }' },
		'idle-days': { type: 'string', value: 'N', help: 'List accounts that were idle for N days' },
		'max-items': { type: 'string', value: 'N', help: 'Items listed at most (default 10000); counts are always whole' },
	},
	run: (call) => {
		const [idleDays, maxItems] = [count(call.options, 'idle-days'), count(call.options, 'max-items')];
		return withApplication(call, async ({ client }) => {
			const desired = streamDesired(call);
			await discover(client).catch(() => undefined);
			const report = await reconcileScim(client, desired, {
				onProgress: progressTo(call),
				...(idleDays === undefined ? {} : { idleDays }),
				...(maxItems === undefined ? {} : { maxItems }),
			});
			const clean = report.complete && report.items.length === 0;
			return { document: report, code: clean ? EXIT.ok : EXIT.findings };
		});
	},
};

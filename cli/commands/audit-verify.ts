import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DomainError } from '../../core/model';
import { Ledger } from '../../core/store';
import { columns } from '../columns';
import { EXIT, text, UsageError, type Command, type OptionValues } from '../command';
import { readBytes } from '../input-file';

export const auditVerify: Command = {
	name: 'audit verify',
	arguments: ['LEDGER'],
	summary: 'Check every record of a ledger’s audit log and the chain between them.',
	details: [
		'LEDGER is the ledger’s SQLite file. Its -wal file, if there is one, has to lie beside it.',
		'Exit code 1 where a record was changed, added or removed. With a head noted earlier elsewhere (--head with --records), a log that was cut off at its end is found too.',
	],
	options: {
		head: { type: 'string', value: 'HASH', help: 'Head of the log as noted earlier' },
		records: { type: 'string', value: 'NUMBER', help: 'How many records that head stood for' },
		json: { type: 'boolean', help: 'The verdict as JSON' },
	},
	run: async ({ positionals, options, terminal }) => {
		const noted = notedHead(options);
		const [file = ''] = positionals;
		await refuseOtherFiles(terminal, file);
		const ledger = await Ledger.open({
			file: path.resolve(terminal.folder, file),
			clock: () => Date.parse(terminal.now()),
			random: randomBytes,
		});
		try {
			const verdict = { ledger: ledger.id, ...(await ledger.verifyLog(noted)) };
			if (options['json'] === true) terminal.out(`${JSON.stringify(verdict, null, 2)}\n`);
			else {
				const rows = [
					['Ledger', verdict.ledger],
					['Records', String(verdict.records)],
					['Head', verdict.head],
					['Erased', `${verdict.erased} (personal data erased; the records still verify)`],
					['Verdict', verdict.ok ? 'unchanged' : 'BROKEN'],
				];
				terminal.out(columns(rows.filter(([name]) => name !== 'Erased' || verdict.erased > 0)));
				terminal.out(
					columns(
						verdict.problems.map(({ seq, what }) => [`record ${seq}:`, what]),
						'  ',
					),
				);
			}
			return verdict.ok ? EXIT.ok : EXIT.findings;
		} finally {
			await ledger.close();
		}
	},
};

function notedHead(options: OptionValues): { head: string; records: number } | undefined {
	const [head, records] = [text(options, 'head'), text(options, 'records')];
	if (head === undefined && records === undefined) return undefined;
	if (head === undefined || records === undefined)
		throw new UsageError('--head and --records belong together: a head stands for a number of records.');
	if (!/^[0-9a-f]{64}$/.test(head)) throw new UsageError('--head takes the 64 hexadecimal digits of a head.');
	if (!/^[1-9][0-9]{0,14}$/.test(records)) throw new UsageError('--records takes a number of records.');
	return { head, records: Number(records) };
}

/** Opening makes a ledger of whatever it is given: a missing file, another program's database. So look first. */
async function refuseOtherFiles(terminal: Parameters<typeof readBytes>[0], file: string): Promise<void> {
	const database = Buffer.from(await readBytes(terminal, 'LEDGER', file));
	const isSqlite = database.subarray(0, 16).toString('latin1') === 'SQLite format 3\0';
	if (isSqlite && (database.includes('audit_records') || (await walOf(terminal, file)).includes('audit_records')))
		return;
	throw new DomainError(
		'INPUT_INVALID',
		`LEDGER: the file "${file}" is ${isSqlite ? 'an SQLite database, but no ledger' : 'no SQLite database'}.`,
		'Name the ledger.sqlite that n8n works with, or a backup of it.',
	);
}

async function walOf(terminal: Parameters<typeof readBytes>[0], file: string): Promise<Buffer> {
	try {
		return Buffer.from(await readBytes(terminal, 'LEDGER', `${file}-wal`));
	} catch {
		return Buffer.alloc(0);
	}
}

import path from 'node:path';
import { compareRecords, compareVersions, renderRedline } from '../../core/contract';
import type { ContractChangeSet } from '../../core/model';
import { EXIT, instant, onlyOne, text, UsageError, type Command, type OptionValues } from '../command';
import { readContract, type ContractFile } from '../document';
import { extractorsOf } from '../policy-file';
import { showChangeSet } from '../show-change';

export const diff: Command = {
	name: 'diff',
	arguments: ['BEFORE', 'AFTER'],
	summary: 'Say clause by clause, row by row and term by term what changed between two versions.',
	details: [
		'Removed words stand in [-…-], inserted ones in {+…+}. With --html the changes come as one page for people; send it to a file.',
		'Two JSON records are compared field by field; entries of their lists are matched by an id, key, code or email, or by the field that --keys names.',
	],
	options: {
		json: { type: 'boolean', help: 'The change set as JSON (contract-change/1)' },
		html: { type: 'boolean', help: 'A redline as one self-contained HTML page' },
		policy: {
			type: 'string',
			short: 'p',
			value: 'FILE',
			help: 'Also read the terms of this policy from both versions',
		},
		contract: { type: 'string', value: 'ID', help: 'Id of the contract in the change set (default: name of BEFORE)' },
		'as-of': { type: 'string', value: 'DATE', help: 'When the change became known (default: now)' },
		keys: {
			type: 'string',
			value: 'KEYS',
			help: 'Of JSON records: field that names an entry, by list, e.g. people=email',
		},
		zone: { type: 'string', value: 'ZONE', help: 'Zone in which the redline shows days (default: UTC)' },
		formatting: { type: 'boolean', help: 'Also show changes of layout that leave the meaning as it was' },
		'exit-code': { type: 'boolean', help: 'Exit with 1 where something changed that has a meaning' },
	},
	run: async ({ positionals, options, terminal }) => {
		onlyOne(options, 'json', 'html');
		const knownAt = instant(options, 'as-of') ?? terminal.now();
		const policy = text(options, 'policy');
		const extractors = policy === undefined ? {} : await extractorsOf(terminal, policy);
		const [first = '', second = ''] = positionals;
		const before = await readContract(terminal, 'BEFORE', first);
		const after = await readContract(terminal, 'AFTER', second);
		const keys = listKeys(options);
		const common = {
			contract: { id: text(options, 'contract') ?? path.parse(first).name },
			effective: { knownAt, from: knownAt, retroactive: false, basis: 'unstated' as const },
		};
		const records = before.record !== undefined && after.record !== undefined;
		const changeSet = records
			? compareRecords({ ...common, keys, before: before.record, after: after.record, extractors })
			: compareVersions({ ...common, before: before.document, after: after.document, extractors });
		const shown = { ...(records ? {} : { before, after }), zone: text(options, 'zone') };
		if (options['json'] === true) terminal.out(`${JSON.stringify(changeSet, null, 2)}\n`);
		else if (options['html'] === true) terminal.out(redline(changeSet, shown));
		else
			terminal.out(showChangeSet(options['formatting'] === true ? changeSet : withoutFormatting(changeSet), terminal));
		const meaning = withoutFormatting(changeSet).changes.length > 0;
		return options['exit-code'] === true && meaning ? EXIT.findings : EXIT.ok;
	},
};

function redline(
	changeSet: ContractChangeSet,
	{ before, after, zone }: { before?: ContractFile; after?: ContractFile; zone: string | undefined },
): string {
	return renderRedline(changeSet, {
		...(before ? { before: before.document } : {}),
		...(after ? { after: after.document } : {}),
		...(zone === undefined ? {} : { zone }),
	});
}

function withoutFormatting(changeSet: ContractChangeSet): ContractChangeSet {
	// What happened to a clause whose own words stayed has no word of its own: its references lead elsewhere.
	const changes = changeSet.changes.filter(({ op }) => op.length === 0 || op.some((each) => each !== 'formatting'));
	return { ...changeSet, changes, stats: { ...changeSet.stats, formatting: 0 } };
}

/** `people=email,modules=id` */
function listKeys(options: OptionValues): Record<string, string> {
	const given = text(options, 'keys');
	if (given === undefined) return {};
	const pairs = given.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
	if (pairs.every((pair): pair is [string, string] => pair.length === 2 && !pair.includes('')))
		return Object.fromEntries(pairs);
	throw new UsageError(`--keys is "${given}"; it takes pairs of list and field, e.g. people=email,modules=id.`);
}

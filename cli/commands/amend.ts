import path from 'node:path';
import { consolidate, renderRedline, type Consolidated } from '../../core/contract';
import type { ContractDocument } from '../../core/model';
import { EXIT, instant, onlyOne, text, type Call, type Command } from '../command';
import { readContract } from '../document';
import { extractorsOf } from '../policy-file';
import { showChangeSet } from '../show-change';
import { showInstructions } from '../show-instructions';

export const amend: Command = {
	name: 'amend',
	arguments: ['BASE', 'AMENDMENT…'],
	summary: 'Carry out amendments on an agreement and say what became of every instruction.',
	details: [
		'Each AMENDMENT is a file, which may hold several. They are carried out in the order of their numbers. Nothing is guessed: an instruction whose place or words are not clear is left undone, and said so.',
		'Exit code 1 where an instruction was not carried out or needs a person.',
	],
	options: {
		json: { type: 'boolean', help: 'Changes, instructions and consolidated text as JSON' },
		text: { type: 'boolean', help: 'The consolidated text alone; what is open goes to the error output' },
		html: { type: 'boolean', help: 'A redline with the instructions, as one HTML page' },
		'as-of': {
			type: 'string',
			value: 'DATE',
			help: 'Day the text is wanted for; what is not in force then is kept apart',
		},
		'within-scope': {
			type: 'boolean',
			help: 'The text as it holds for those alone whom amendments are limited to ("solely with respect to …")',
		},
		'known-at': { type: 'string', value: 'DATE', help: 'When the amendments became known (default: now)' },
		policy: { type: 'string', short: 'p', value: 'FILE', help: 'Also read the terms of this policy before and after' },
		contract: { type: 'string', value: 'ID', help: 'Id of the contract in the change set (default: name of BASE)' },
		zone: { type: 'string', value: 'ZONE', help: 'Zone in which days begin and are shown (default: UTC)' },
	},
	run: async (call) => {
		const { options, terminal } = call;
		onlyOne(options, 'json', 'text', 'html');
		const { base, done } = await carryOut(call);
		if (options['json'] === true) terminal.out(`${JSON.stringify(done, null, 2)}\n`);
		else if (options['html'] === true) terminal.out(redline(call, base, done));
		else if (options['text'] === true) {
			terminal.out(done.document.text.endsWith('\n') ? done.document.text : `${done.document.text}\n`);
			terminal.err(
				showInstructions(
					done.instructions.filter(({ status, needsHuman }) => status !== 'applied' || needsHuman === true),
				),
			);
		} else terminal.out(`${showInstructions(done.instructions)}\n${showChangeSet(done.changeSet, terminal)}`);
		const { holdsFor } = done;
		if (holdsFor) terminal.err(`This text holds for some only: ${holdsFor.scopes.join('; ')}\n`);
		return done.complete || holdsFor?.settled === true ? EXIT.ok : EXIT.findings;
	},
};

async function carryOut({
	positionals,
	options,
	terminal,
}: Call): Promise<{ base: ContractDocument; done: Consolidated }> {
	const asOf = instant(options, 'as-of')?.slice(0, 10);
	const knownAt = instant(options, 'known-at') ?? terminal.now();
	const [policy, zone] = [text(options, 'policy'), text(options, 'zone')];
	const [first = '', ...files] = positionals;
	const base = (await readContract(terminal, 'BASE', first)).document;
	const amendments: ContractDocument[] = [];
	for (const file of files) amendments.push((await readContract(terminal, 'AMENDMENT', file)).document);
	const done = consolidate({
		contract: { id: text(options, 'contract') ?? path.parse(first).name },
		base,
		amendments,
		knownAt,
		...(asOf === undefined ? {} : { asOf }),
		...(options['within-scope'] === true ? { withinScope: true } : {}),
		...(zone === undefined ? {} : { zone }),
		...(policy === undefined ? {} : { extractors: await extractorsOf(terminal, policy) }),
	});
	return { base, done };
}

function redline(
	{ options }: Call,
	before: ContractDocument,
	{ changeSet, document, instructions }: Consolidated,
): string {
	const zone = text(options, 'zone');
	return renderRedline(changeSet, { before, after: document, instructions, ...(zone === undefined ? {} : { zone }) });
}

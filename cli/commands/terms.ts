import { extractTerms, renewalInWords, termInWords } from '../../core/contract';
import type { Term } from '../../core/model';
import { columns, wrapped } from '../columns';
import { EXIT, text, UsageError, type Command } from '../command';
import { readContract } from '../document';
import { extractorsOf } from '../policy-file';

export const terms: Command = {
	name: 'terms',
	arguments: ['FILE'],
	summary: 'Read the terms that a policy names from a contract, each with its quote.',
	details: ['Exit code 1 where a term is missing, ambiguous or contradicts itself: nothing is guessed.'],
	options: {
		policy: { type: 'string', short: 'p', value: 'FILE', help: 'Policy whose terms are read (required)' },
		json: { type: 'boolean', help: 'The terms as JSON, with quotes and places' },
	},
	run: async ({ positionals, options, terminal }) => {
		const policy = text(options, 'policy');
		if (policy === undefined) throw new UsageError('--policy is missing: it says which terms to read.');
		const extractors = await extractorsOf(terminal, policy);
		const { document } = await readContract(terminal, 'FILE', positionals[0] ?? '');
		const found = extractTerms(document, extractors);
		const all = Object.values(found);
		if (options['json'] === true) terminal.out(`${JSON.stringify(found, null, 2)}\n`);
		else if (all.length === 0) terminal.out('The policy names no terms.\n');
		else terminal.out(all.map(termLines).join('\n'));
		return all.some(({ problem }) => problem !== undefined) ? EXIT.findings : EXIT.ok;
	},
};

function termLines(term: Term): string {
	const { name, value, quote, problem } = term;
	const lines = [columns([[name, problem === undefined ? termInWords(term) : `? ${problem}`]])];
	if (value?.type === 'date') {
		for (const { says } of value.derivation ?? []) lines.push(wrapped(says, '  '));
		if (value.renewal) lines.push(wrapped(renewalInWords(value.renewal), '  '));
	}
	if (value?.type === 'table') {
		const cells = [value.columns, ...value.rows.map((row) => value.columns.map((column) => row[column] ?? ''))];
		lines.push(columns(cells, '  '));
	} else if (quote) lines.push(wrapped(`“${quote.text}”`, '  '), wrapped(`(${quote.clause})`, '  '));
	return lines.join('');
}

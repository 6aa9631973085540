import { readDocument, type ClauseNode } from '../../core/contract';
import { EXIT, oneOf, type Command } from '../command';
import { readContract, VIEWS } from '../document';

export const read: Command = {
	name: 'read',
	arguments: ['FILE'],
	summary: 'Show a contract as it is read: its text as Markdown, or its clauses as JSON.',
	details: [
		'Of a Word file with tracked changes, --view chooses what is read: the text with all of them accepted (default), or as it was before them (original and rejected are the same text).',
	],
	options: {
		view: { type: 'string', value: 'VIEW', help: 'accepted, original or rejected' },
		json: { type: 'boolean', help: 'Clauses with numbers, headings, paths and places, as JSON' },
	},
	run: async ({ positionals, options, terminal }) => {
		const view = oneOf(options, 'view', VIEWS, 'accepted');
		const { document, warnings } = await readContract(terminal, 'FILE', positionals[0] ?? '', view);
		if (options['json'] !== true) {
			terminal.out(document.text.endsWith('\n') ? document.text : `${document.text}\n`);
			return EXIT.ok;
		}
		const { text: _, ...about } = document;
		const tree = readDocument(document);
		const read = {
			document: about,
			title: tree.title,
			parties: tree.parties,
			clauses: tree.nodes.map(clause),
			warnings: [...warnings, ...tree.warnings],
		};
		terminal.out(`${JSON.stringify(read, null, 2)}\n`);
		return EXIT.ok;
	},
};

/** A clause without its children, which stand in the list themselves. */
function clause({ key, kind, number, heading, term, path, depth, text, span, table }: ClauseNode): object {
	return {
		key,
		kind,
		number,
		heading,
		term,
		path,
		depth,
		text,
		span,
		...(table ? { table: { columns: table.columns, rows: table.rows } } : {}),
	};
}

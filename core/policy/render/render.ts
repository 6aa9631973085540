import type { CompiledPolicy } from '../compile';
import { toHtml } from './html';
import { toMarkdown } from './markdown';
import type { Block, Document, Inline } from './blocks';
import { code, strong } from './blocks';
import { accessChapters } from './access-chapters';
import { governanceChapters } from './governance-chapters';

/** What a version is called and who answers for it. */
export interface PolicyVersion {
	version?: string | number;
	/** Content hash; that of the compiled policy without it. */
	hash?: string;
	author?: string;
	/** Whether the author was proved or only claimed. */
	authorProved?: boolean;
	/** ISO instant. */
	publishedAt?: string;
	approvedBy?: string;
}

function identity(
	compiled: CompiledPolicy,
	{ version, hash, author, authorProved, publishedAt, approvedBy }: PolicyVersion,
): Block {
	const row = (label: string, value: Inline | undefined): Inline[][] => (value === undefined ? [] : [[label], [value]]);
	const proved = authorProved === undefined ? '' : authorProved ? ' (proved)' : ' (claimed)';
	const rows = [
		row('Version', version === undefined ? undefined : String(version)),
		row('Hash (SHA-256)', code(hash ?? compiled.hash)),
		row('Published', publishedAt),
		row('Author', author === undefined ? undefined : `${author}${proved}`),
		row('Approved by', approvedBy),
		row('Zone in which days end', compiled.zone),
	];
	return { kind: 'table', head: ['This version', ''], rows: rows.filter(({ length }) => length > 0) };
}

function signing(compiled: CompiledPolicy, { version, hash }: PolicyVersion): Block[] {
	const which: Inline[] = version === undefined ? [] : [' in version ', strong(String(version))];
	return [
		{ kind: 'heading', level: 2, text: ['Signatures'], anchor: 'signatures' },
		{
			kind: 'paragraph',
			text: [
				'The undersigned approve the access policy ',
				strong(compiled.policy.policy),
				...which,
				' whose content has the hash ',
				code(hash ?? compiled.hash),
				'. Any other content has another hash.',
			],
		},
		{
			kind: 'signatures',
			lines: ['Name', 'Role', 'Place and date', 'Signature', 'Name', 'Role', 'Place and date', 'Signature'],
		},
	];
}

function documentOf(compiled: CompiledPolicy, version: PolicyVersion): Document {
	return {
		title: compiled.policy.policy,
		blocks: [
			identity(compiled, version),
			{
				kind: 'paragraph',
				text: [
					'Nobody has access by default. What is not earned by one of the rules below is not given, and is taken away.',
				],
			},
			...accessChapters(compiled),
			...governanceChapters(compiled.policy),
			...signing(compiled, version),
		],
	};
}

/**
 * A policy version as a document that people can search and sign: what can be given, who answers for it, who gets it and
 * why, in sentences, with the hash of the version beside the signatures. Same version, same bytes.
 */
export function renderPolicy(
	compiled: CompiledPolicy,
	version: PolicyVersion = {},
): { markdown: string; html: string } {
	const document = documentOf(compiled, version);
	return { markdown: toMarkdown(document), html: toHtml(document) };
}

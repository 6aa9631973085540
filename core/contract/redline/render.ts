import type { ContractChange, ContractChangeSet, ContractDocument, Effective } from '../../model';
import { readDocument } from '../tree';
import { withLimits, type ContractLimits } from '../limits';
import { calmRun } from './calm';
import { changeCard } from './change-card';
import { classesOf } from './filters';
import { flowOf, type Piece } from './flow';
import { markup, staticPage, type Html } from '../../html';
import { isCarriedOut, outcomesOf } from './instruction';
import { instructionsTable, type InstructionOutcome } from './instructions-table';
import { navigation } from './navigation';
import { REDLINE_STYLE } from './style';
import { attention, pageHead } from './summary';
import { rowsInWords, tableDiff, tableName } from './table-diff';
import { termsTable } from './terms-table';

export interface RedlineInput {
	/** The version before, for the places of what was removed. */
	before?: ContractDocument;
	/** The version after: its unchanged clauses stand folded between the changes. */
	after?: ContractDocument;
	/** Heading of the page; the contract's title without it. */
	title?: string;
	/** IANA zone in which days are shown; UTC without it. */
	zone?: string;
	/** Instructions of the amendment that the change came by, in its order. */
	instructions?: readonly InstructionOutcome[];
	limits?: Partial<ContractLimits>;
}

/** Unchanged text beyond this is counted, not repeated: the page has to open on a telephone. */
const MOST_UNCHANGED_CHARACTERS = 2_000_000;

/**
 * A change set as one self-contained HTML page for people: what needs a person on top, terms before and after, then the
 * contract in order with its changes marked and its unchanged clauses folded away; a list to jump by and narrow with at
 * the side. It runs without script, loads nothing, and prints. Linear in the size of change set and documents.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE (of the documents)
 * @example renderRedline(compareVersions(input), { before: input.before, after: input.after, zone: 'Europe/Berlin' })
 */
export function renderRedline(changeSet: ContractChangeSet, input: RedlineInput = {}): string {
	const limits = withLimits(input.limits);
	const instructions = input.instructions ?? outcomesOf(changeSet.changes);
	// What was ordered and not done is told with the instructions: it must not look like a change of the text.
	const changes = changeSet.changes.filter(isCarriedOut);
	const title = input.title ?? changeSet.contract.title;
	const anchors = new Map(changes.map((change, index) => [change, `c${index + 1}`]));
	const anchorOf = (change: ContractChange): string => anchors.get(change) ?? '';
	const pieces = flowOf(
		changes,
		input.before && readDocument(input.before, limits),
		input.after && readDocument(input.after, limits),
	);
	const page = {
		anchorOf,
		title: changeSet.contract.title,
		effective: changeSet.amendment?.effective ?? changeSet.effective,
		withText: (input.after?.text.length ?? 0) <= MOST_UNCHANGED_CHARACTERS,
		...(input.zone === undefined ? {} : { zone: input.zone }),
	};
	return frame(
		title,
		navigation(pieces, changes, anchorOf),
		markup`${pageHead(changeSet, title, input.zone)}${attention(changeSet, instructions, anchorOf)}${instructionsTable(instructions)}${termsTable(changeSet.terms)}
<h2 class="doc-title">The contract with its changes</h2>
${pieces.map((piece) => pieceHtml(piece, page))}`,
	);
}

interface PageContext {
	anchorOf: (change: ContractChange) => string;
	title: string;
	effective: Effective;
	withText: boolean;
	zone?: string;
}

function pieceHtml(piece: Piece, page: PageContext): Html {
	if (piece.type === 'calm') return calmRun({ ...piece, ...page });
	if (piece.type === 'change') {
		const anchor = page.anchorOf(piece.change);
		return changeCard(piece.change, { ...page, anchor, ...(piece.node ? { node: piece.node } : {}) });
	}
	return markup`<section class="rows ${classesOf(...piece.changes)}">
<h3>Table <bdi>${tableName(piece.changes)}</bdi>: ${rowsInWords(piece.changes)}</h3>
${tableDiff({ ...piece, anchorOf: page.anchorOf })}
</section>
`;
}

const redlinePage = staticPage(REDLINE_STYLE);

function frame(title: string, list: Html, content: Html): string {
	return redlinePage(
		`Redline: ${title}`,
		markup`<div class="layout">
${list}<main>
${content}
<footer>Inserted words are <ins>underlined twice</ins>, removed ones <del>struck through</del>. This page holds no script and loads nothing.</footer>
</main>
</div>`,
	);
}

import type { ContractChange } from '../../model';
import { numbers } from './change-card';
import { classesOf, filterBar } from './filters';
import type { Piece } from './flow';
import { markup, type Html } from '../../html';
import { rowsInWords, tableName } from './table-diff';
import { count } from './count';
import { opening } from './opening';
import { nameOf, OPS } from './words';

type ChangePiece = Extract<Piece, { type: 'change' }>;

/** The list beside the text: one line a change, one a table, one a run of clauses that only got another number. */
export function navigation(
	pieces: readonly Piece[],
	changes: readonly ContractChange[],
	anchorOf: (change: ContractChange) => string,
): Html {
	return markup`<nav aria-label="Changes">
<input type="checkbox" id="list-open"><label for="list-open" class="list-toggle">List of changes (${changes.length})</label>
<div class="list">
${filterBar(changes)}
<ol>
${pieces.map((piece, index) => line(piece, pieces[index - 1], anchorOf))}</ol>
</div>
</nav>
`;
}

function line(piece: Piece, previous: Piece | undefined, anchorOf: (change: ContractChange) => string): Html {
	if (piece.type === 'change') {
		const { change } = piece;
		return markup`<li class="${classesOf(change)}"><a href="#${anchorOf(change)}">${signs(change.op)}<span>${numbers(change)} <bdi>${nameInList(piece, previous)}</bdi>${
			change.needsHuman ? markup` <strong title="Needs a person">!</strong>` : undefined
		}</span></a></li>
`;
	}
	const changes = piece.type === 'rows' ? piece.changes : piece.changes.map(({ change }) => change);
	const [first] = changes;
	if (!first) return markup``;
	const text =
		piece.type === 'rows' ? markup`${tableName(changes)}: ${rowsInWords(changes)}` : markup`${quietInWords(changes)}`;
	return markup`<li class="${classesOf(...changes)}"><a href="#${anchorOf(first)}">${signs([
		...new Set(changes.flatMap(({ op }) => op)),
	])}<span>${text}</span></a></li>
`;
}

/** Several paragraphs under one heading are told apart by their first words. */
function nameInList({ change, node }: ChangePiece, previous: Piece | undefined): string {
	const name = nameOf(change, node);
	if (previous?.type !== 'change' || nameOf(previous.change, previous.node) !== name) return name;
	const text = change.text?.after ?? change.text?.before ?? node?.text ?? '';
	return text === '' ? name : `“${opening(text)}”`;
}

function signs(ops: ContractChange['op']): Html {
	return markup`<span class="signs">${ops.map(
		(op) => markup`<span class="sign ${op}" title="${OPS[op].word}">${OPS[op].sign}</span>`,
	)}</span>`;
}

/** e.g. `14 clauses renumbered, 2 with other formatting`. */
export function quietInWords(changes: readonly ContractChange[]): string {
	const renumbered = changes.filter(({ op }) => op.includes('renumbered')).length;
	const formatting = changes.length - renumbered;
	const parts = [
		renumbered > 0 ? `${count(renumbered, 'clause')} renumbered` : '',
		formatting > 0 ? `${count(formatting, 'clause')} with other formatting only` : '',
	];
	return parts.filter((part) => part !== '').join(', ');
}

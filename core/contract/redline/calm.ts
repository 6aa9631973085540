import type { ContractChange } from '../../model';
import type { ClauseNode } from '../tree';
import type { QuietChange } from './flow';
import { numbers } from './change-card';
import { classesOf } from './filters';
import { markup, type Html } from '../../html';
import { quietInWords } from './navigation';
import { fromTo } from './inline-text';
import { count } from './count';
import { opening } from './opening';
import { nameOf, nameOfNode, OPS } from './words';

export interface CalmRun {
	changes: readonly QuietChange[];
	nodes: readonly ClauseNode[];
	anchorOf: (change: ContractChange) => string;
	/** False where the page would become too long: the clauses are then counted, not shown. */
	withText: boolean;
}

/** A stretch of the contract whose words stayed: new numbers as a list, the text itself folded away. */
export function calmRun(run: CalmRun): Html {
	const names = run.changes.length === 0 ? undefined : quietList(run);
	return markup`${names}${run.nodes.length > 0 ? unchangedText(run) : undefined}`;
}

function quietList({ changes, anchorOf }: CalmRun): Html {
	const all = changes.map(({ change }) => change);
	return markup`<section class="quiet ${classesOf(...all)}">
<h3>${quietInWords(all)}</h3>
<ul>
${changes.map((quiet) => quietLine(quiet, anchorOf(quiet.change)))}</ul>
</section>
`;
}

function quietLine({ change, node }: QuietChange, anchor: string): Html {
	const layout = change.op.includes('renumbered')
		? undefined
		: markup`<span class="soft">${OPS.formatting.sign}</span> `;
	const { field } = change;
	const detail =
		field &&
		markup` <span class="soft">(${field.path.join(' › ')}: ${fromTo(opening(field.from ?? '', 200), opening(field.to ?? '', 200))})</span>`;
	return markup`<li class="${classesOf(change)}" id="${anchor}">${layout}${numbers(change)} <bdi>${nameOf(change, node)}</bdi>${detail}</li>
`;
}

function unchangedText({ nodes, withText, changes }: CalmRun): Html {
	const [first, last] = [nodes[0], nodes.at(-1)];
	const place = (node: ClauseNode | undefined): Html | undefined =>
		node && markup`<bdi>${[node.number, nameOfNode(node)].filter((part) => part !== undefined).join(' ')}</bdi>`;
	const wording = changes.length > 0 ? 'of which the words stayed' : 'unchanged';
	const range = nodes.length === 1 ? place(first) : markup`${place(first)} to ${place(last)}`;
	const label = markup`${count(nodes.length, 'paragraph')} ${wording}: ${range}`;
	if (!withText)
		return markup`<p class="calm-text same">${label}</p>
`;
	return markup`<details class="calm-text same"><summary>${label}</summary>
<div class="same-text">
${nodes.map(unchangedNode)}</div>
</details>
`;
}

function unchangedNode(node: ClauseNode): Html {
	if (node.table) {
		const row = (cells: readonly string[]): Html =>
			markup`<tr>${cells.map((cell) => markup`<td dir="auto">${cell}</td>`)}</tr>
`;
		const head = markup`<tr>${node.table.columns.map((cell) => markup`<th scope="col" dir="auto">${cell}</th>`)}</tr>`;
		return markup`<div class="scroll"><table><thead>${head}</thead><tbody>
${node.table.rows.map(row)}</tbody></table></div>
`;
	}
	const number = node.number === undefined ? undefined : markup`<span class="number">${node.number}</span> `;
	const heading = node.heading === undefined ? undefined : markup`<strong>${node.heading}</strong> `;
	return markup`<p dir="auto">${number}${heading}${node.text}</p>
`;
}

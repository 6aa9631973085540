import { markup, staticPage, type Html } from '../../html';
import { cellText } from './to-csv';
import { MATRIX_STYLE } from './page-style';
import { NOT_KNOWN } from './types';
import type { AccessMatrix, MatrixCell, MatrixRow } from './types';

export interface MatrixPageOptions {
	/** Heading; the policy's name without it. */
	title?: string;
	/** Cells beyond this are left to the CSV: a page has to open. */
	maxCells?: number;
}

const MOST_CELLS = 200_000;
const MOST_PEOPLE = 500;
const MOST_WAYS = 100;

const page = staticPage(MATRIX_STYLE);

const applicationOf = (entitlement: string) => entitlement.slice(0, entitlement.indexOf('/'));
const nameOf = (entitlement: string) => entitlement.slice(entitlement.indexOf('/') + 1);
const shown = (value: string | undefined) => value ?? NOT_KNOWN;
const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

function reasonText({ reasons }: MatrixCell): string {
	return reasons
		.map(({ rule, role, also }) => {
			const asked = also.length === 0 ? '' : `, if ${also.join(' and ')}`;
			return `rule ${rule}${role === undefined ? '' : ` (role ${role})`}${asked}`;
		})
		.join('; ');
}

function markCell(cell: MatrixCell | undefined, entitlement: string): Html {
	if (cell === undefined) return markup`<td class="mark"></td>`;
	const why = `${entitlement}: ${cellText(cell)} – ${reasonText(cell)}`;
	const [name, sign] = cell.certain ? ['yes', '●'] : ['maybe', '○'];
	return markup`<td class="mark ${name}" title="${why}"><span aria-label="${cellText(cell)}">${sign}</span></td>`;
}

function rowHtml(row: MatrixRow, entitlements: readonly string[], withPeople: boolean): Html {
	const cells = new Map(row.cells.map((cell) => [cell.entitlement, cell]));
	const classes = [row.cells.length > 0 ? 'with' : 'without', ...(row.people === 0 ? ['nobody'] : [])].join(' ');
	const [first, ...others] = row.values;
	return markup`<tr class="${classes}"><th scope="row">${shown(first)}</th>${others.map(
		(value) => markup`<td class="value">${shown(value)}</td>`,
	)}${withPeople ? markup`<td class="count">${row.people ?? 0}</td>` : undefined}${entitlements.map((name) =>
		markCell(cells.get(name), name),
	)}</tr>
`;
}

function headHtml(matrix: AccessMatrix, withPeople: boolean): Html {
	const groups = new Map<string, number>();
	for (const name of matrix.entitlements) groups.set(applicationOf(name), (groups.get(applicationOf(name)) ?? 0) + 1);
	const fixed = matrix.dimensions.length + (withPeople ? 1 : 0);
	return markup`<thead>
<tr class="apps head"><th colspan="${fixed}"></th>${[...groups].map(
		([app, width]) => markup`<th scope="colgroup" colspan="${width}">${app}</th>`,
	)}</tr>
<tr class="names head">${matrix.dimensions.map((name) => markup`<th scope="col">${name}</th>`)}${
		withPeople ? markup`<th scope="col">people</th>` : undefined
	}${matrix.entitlements.map(
		(name) => markup`<th scope="col" class="name" title="${name}"><span>${nameOf(name)}</span></th>`,
	)}</tr>
</thead>`;
}

function figures(matrix: AccessMatrix, withPeople: boolean): Html {
	const empty = matrix.rows.filter(({ cells }) => cells.length === 0).length;
	const figure = (number: number, what: string, warn = false) =>
		markup`<li${warn ? markup` class="warn"` : undefined}><strong>${number}</strong> ${what}</li>`;
	return markup`<ul class="figures">
${figure(matrix.rows.length, matrix.rows.length === 1 ? 'combination' : 'combinations')}
${figure(matrix.entitlements.length, matrix.entitlements.length === 1 ? 'entitlement' : 'entitlements')}
${figure(empty, 'earn nothing')}
${withPeople ? figure(matrix.nobody, 'earn something, and nobody has them') : undefined}
${withPeople ? figure(matrix.unreached.length, 'people no rule reaches', matrix.unreached.length > 0) : undefined}
</ul>`;
}

function filterBar(withPeople: boolean): Html {
	const radio = (id: string, label: string, checked = false) =>
		markup`<label><input type="radio" name="show" id="show-${id}"${checked ? markup` checked` : undefined}> ${label}</label>
`;
	return markup`<fieldset class="filters"><legend>Show</legend>
${radio('all', 'All combinations', true)}${radio('access', 'With access')}${radio('without', 'Without access')}${
		withPeople ? radio('nobody', 'Nobody has them') : undefined
	}</fieldset>`;
}

function unreachedHtml(matrix: AccessMatrix): Html | undefined {
	if (matrix.unreached.length === 0) return undefined;
	const listed = matrix.unreached.slice(0, MOST_PEOPLE);
	const more = matrix.unreached.length - listed.length;
	return markup`<h2>People no rule reaches</h2>
<ul class="notes">${listed.map(
		({ person, values }) =>
			markup`<li><bdi>${person}</bdi> <span class="soft">${matrix.dimensions.map((name, index) => `${name}: ${shown(values[index])}`).join(', ')}</span></li>
`,
	)}${more > 0 ? markup`<li class="soft">and ${more} more</li>` : undefined}</ul>`;
}

/** What stands behind the open circles: readable without a mouse, and in print. */
function conditionsHtml(matrix: AccessMatrix): Html | undefined {
	const ways = new Map<string, Set<string>>();
	for (const cell of new Set(matrix.rows.flatMap(({ cells }) => cells))) {
		if (cell.certain) continue;
		const known = ways.get(cell.entitlement) ?? new Set();
		ways.set(
			cell.entitlement,
			known.add(reasonText(cell) + (cell.unless.length > 0 ? `; unless ${cell.unless.join(' or ')} holds` : '')),
		);
	}
	if (ways.size === 0) return undefined;
	const lines = [...ways]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([name, texts]) => [...texts].sort().map((text) => ({ name, text })));
	const more = lines.length - MOST_WAYS;
	return markup`<h2>What the open circles depend on</h2>
<ul class="notes">${lines.slice(0, MOST_WAYS).map(
		({ name, text }) => markup`<li><code>${name}</code>: ${text}</li>
`,
	)}${more > 0 ? markup`<li class="soft">and ${more} more</li>` : undefined}</ul>`;
}

function tableHtml(matrix: AccessMatrix, withPeople: boolean, maxCells: number): Html {
	if (matrix.rows.length === 0 || matrix.entitlements.length === 0) {
		const why =
			matrix.rows.length === 0
				? 'No values are known for these attributes'
				: 'No rule gives anything to any of these combinations';
		return markup`<div class="empty"><p><strong>${why}.</strong></p>
<p class="soft">Declare values under <code>attributes</code>, name them in rules, or give the population.</p></div>`;
	}
	const width = matrix.entitlements.length + matrix.dimensions.length + 1;
	const rows = matrix.rows.slice(0, Math.max(1, Math.floor(maxCells / width)));
	const left = matrix.rows.length - rows.length;
	return markup`${filterBar(withPeople)}
<p class="legend"><span>● everybody of the row</span><span>○ it depends on more, see below</span></p>
<div class="scroll" tabindex="0" role="region" aria-label="Access matrix"><table>
${headHtml(matrix, withPeople)}
<tbody>
${rows.map((row) => rowHtml(row, matrix.entitlements, withPeople))}</tbody>
</table></div>
${left > 0 ? markup`<p class="soft">${count(left, 'further row is', 'further rows are')} left to the CSV file, which has them all.</p>` : undefined}`;
}

/** The matrix as one self-contained HTML page. It runs without script, loads nothing, and prints. */
export function renderMatrixPage(matrix: AccessMatrix, options: MatrixPageOptions = {}): string {
	const title = options.title ?? matrix.policy;
	const withPeople = matrix.rows.some(({ people }) => people !== undefined);
	return page(
		`Access matrix: ${title}`,
		markup`<main>
<p class="kicker">Access matrix</p>
<h1><bdi>${title}</bdi></h1>
<p class="soft">${matrix.dimensions.join(' × ')}, against the entitlements that rules give. Policy version <code>${matrix.hash}</code></p>
${figures(matrix, withPeople)}
${tableHtml(matrix, withPeople, options.maxCells ?? MOST_CELLS)}
${conditionsHtml(matrix)}
${unreachedHtml(matrix)}
<footer>Access by contract, request or exception is not part of this matrix, nor is separation of duties. This page holds no script and loads nothing.</footer>
</main>`,
	);
}

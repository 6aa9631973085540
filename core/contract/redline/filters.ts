import type { ChangeOp, ContractChange } from '../../model';
import { markup, type Html } from '../../html';
import { OPS } from './words';

/** What the list can be narrowed to. Works with radio buttons and style sheet alone: the page has no script. */
const FILTERS = [
	...(Object.keys(OPS) as ChangeOp[]).map((op) => ({ name: `op-${op}`, label: OPS[op].word })),
	{ name: 'kind-row', label: 'Table rows' },
	{ name: 'kind-definition', label: 'Definitions' },
	{ name: 'kind-party', label: 'Parties' },
	{ name: 'is-instruction', label: 'Instructions' },
	{ name: 'is-human', label: 'Needs a person' },
] as const;

function marksOf(change: ContractChange): string[] {
	const marks = change.op.map((op) => `op-${op}`);
	marks.push(`kind-${change.kind}`);
	if (change.origin === 'instruction') marks.push('is-instruction');
	if (change.needsHuman || (change.refs?.broken.length ?? 0) > 0) marks.push('is-human');
	return marks;
}

/** Class names by which the filters show or hide a change, or a group of them. */
export function classesOf(...changes: ContractChange[]): string {
	const marks = new Set<string>(['change']);
	for (const change of changes) for (const mark of marksOf(change)) marks.add(mark);
	return [...marks].join(' ');
}

/** The radio buttons, with how many changes each shows; only those that show any. */
export function filterBar(changes: readonly ContractChange[]): Html {
	const counts = new Map<string, number>();
	for (const change of changes)
		for (const mark of new Set(marksOf(change))) counts.set(mark, (counts.get(mark) ?? 0) + 1);
	const radio = (name: string, label: string, number: number, checked: boolean): Html =>
		markup`<label><input type="radio" name="show" id="show-${name}"${
			checked ? markup` checked` : undefined
		}> ${label} <span class="count">${number}</span></label>
`;
	return markup`<fieldset class="filters"><legend>Show</legend>
${radio('all', 'All', changes.length, true)}${FILTERS.filter(({ name }) => counts.has(name)).map(({ name, label }) =>
		radio(name, label, counts.get(name) ?? 0, false),
	)}</fieldset>
<p class="filter-note" role="status"></p>`;
}

/** One pair of rules a filter; the same on every page, so that one hash allows them. */
export const FILTER_STYLE = FILTERS.map(
	({ name, label }) => `body:has(#show-${name}:checked) :is(.change:not(.${name}),.calm-text){display:none}
body:has(#show-${name}:checked) .filter-note::after{content:"Shown: ${label.toLowerCase()} only"}
`,
).join('');

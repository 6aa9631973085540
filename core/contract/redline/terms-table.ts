import { canonicalJson, type Term, type TermChange } from '../../model';
import { markup, type Html } from '../../html';
import { renewalInWords, termInWords } from './term-words';
import { EFFECTS } from './words';

/** The terms that the policy reads, before and after, with what their change does to access and the words they stand in. */
export function termsTable(terms: readonly TermChange[]): Html | undefined {
	if (terms.length === 0) return undefined;
	const changed = terms.filter((term) => term.changed);
	const same = terms.filter((term) => !term.changed);
	return markup`<section class="terms" id="terms">
<h2>Terms that access follows from</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Term</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Effect on access</th></tr></thead>
<tbody>
${[...changed, ...same].map(termRow)}</tbody>
</table></div>
</section>
`;
}

function termRow(term: TermChange): Html {
	const effect = EFFECTS[term.effect];
	const verdict = term.changed
		? markup`<span class="badge ${term.effect}"><span aria-hidden="true">${effect.sign}</span> ${effect.word}</span>`
		: markup`<span class="soft">Unchanged</span>`;
	return markup`<tr><th scope="row"><bdi>${term.name}</bdi></th>${termCell(term.before, term.after)}${termCell(term.after, term.before)}<td>${verdict}</td></tr>
`;
}

function termCell(term: Term | undefined, other: Term | undefined): Html {
	const problem = term?.problem === undefined ? undefined : markup`<p class="note human">${term.problem}</p>`;
	const quote =
		term?.quote && markup`<blockquote dir="auto">${term.quote.text}<cite>${term.quote.clause}</cite></blockquote>`;
	const value =
		problem && term?.value === undefined
			? undefined
			: markup`<strong>${termInWords(term)}</strong>${rowsAlone(term, other)}`;
	return markup`<td>${value}${problem}${dateNotes(term)}${quote}</td>`;
}

/** How a date was worked out, and how the contract goes on after it. */
function dateNotes(term: Term | undefined): Html | undefined {
	if (term?.value?.type !== 'date') return undefined;
	const { derivation = [], renewal } = term.value;
	const goesOn = renewal && markup`<p class="note">${renewalInWords(renewal)}</p>`;
	return markup`${derivation.map(({ says }) => markup`<p class="note">${says}</p>`)}${goesOn}`;
}

/** Of a table the number of rows says little: how many of them stand as they are in this version only. */
function rowsAlone(term: Term | undefined, other: Term | undefined): Html | undefined {
	if (term?.value?.type !== 'table' || other?.value?.type !== 'table') return undefined;
	const line = (row: Readonly<Record<string, string>>): string => canonicalJson(row);
	const there = new Set(other.value.rows.map(line));
	const alone = term.value.rows.filter((row) => !there.has(line(row))).length;
	return alone === 0 ? undefined : markup`, ${alone} of them only here`;
}

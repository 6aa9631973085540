import { markup, type Html } from '../../html';
import { count } from './count';
import { opening } from './opening';

export type InstructionStatus = 'applied' | 'conflict' | 'not_found' | 'ambiguous' | 'apart';

/** What became of one instruction of an amendment. */
export interface InstructionOutcome {
	/** The amendment's own words. */
	quote: string;
	/** Number of the amendment, where several are shown. */
	amendment?: string;
	/** Section of the amendment that it stands in. */
	section?: string;
	/** `apart`: kept beside the text that holds for everybody, because its scope or its date is another. */
	status: InstructionStatus;
	/** Why it was not applied, or what to look at although it was. */
	reason?: string;
	needsHuman?: boolean;
}

const STATUS: Readonly<Record<InstructionStatus, { sign: string; word: string; style: string }>> = {
	applied: { sign: '✓', word: 'Applied', style: 'narrowing' },
	conflict: { sign: '✕', word: 'Conflict: the text there differs', style: 'removed' },
	not_found: { sign: '✕', word: 'Place not found', style: 'removed' },
	ambiguous: { sign: '?', word: 'Ambiguous', style: 'human' },
	apart: { sign: '◇', word: 'Kept apart', style: 'modified' },
};

const LONGEST_QUOTE = 600;

/** Every instruction of the amendment with what became of it, in the amendment's order. */
export function instructionsTable(instructions: readonly InstructionOutcome[]): Html | undefined {
	if (instructions.length === 0) return undefined;
	const placed = instructions.some(({ section, amendment }) => section !== undefined || amendment !== undefined);
	const applied = instructions.filter(({ status }) => status === 'applied').length;
	return markup`<section class="instructions" id="instructions">
<h2>${count(instructions.length, 'instruction')}, ${applied === instructions.length ? 'all applied' : `${applied} applied`}</h2>
<div class="scroll"><table>
<thead><tr>${placed ? markup`<th scope="col">Section</th>` : undefined}<th scope="col">Instruction</th><th scope="col">What became of it</th></tr></thead>
<tbody>
${instructions.map((instruction, index) => row(instruction, index, placed))}</tbody>
</table></div>
</section>
`;
}

function row(
	{ quote, amendment, section, status, reason, needsHuman }: InstructionOutcome,
	index: number,
	placed: boolean,
): Html {
	const { sign, word, style } = STATUS[status];
	const place = [amendment === undefined ? '' : `No. ${amendment}`, section ?? '']
		.filter((part) => part !== '')
		.join(', ');
	const shown = quote.length > LONGEST_QUOTE ? `${quote.slice(0, LONGEST_QUOTE)} …` : quote;
	return markup`<tr id="${anchor(index)}">${placed ? markup`<td>${place}</td>` : undefined}<td class="quote" dir="auto">${shown}</td><td><span class="badge ${style}"><span aria-hidden="true">${sign}</span> ${word}</span>${
		needsHuman === true
			? markup` <span class="badge human"><span aria-hidden="true">!</span> Needs a person</span>`
			: undefined
	}${reason === undefined ? undefined : markup`<p class="note">${reason}</p>`}</td></tr>
`;
}

/** Instructions that somebody has to look at, one sentence each. */
export function openInstructions(instructions: readonly InstructionOutcome[]): Html[] {
	return instructions.flatMap(({ quote, status, reason, needsHuman, section }, index) => {
		if (needsHuman !== true && (status === 'applied' || status === 'apart')) return [];
		const place = section === undefined ? '' : `${section} `;
		const link = markup`<a href="#${anchor(index)}">${place}“${opening(quote, 80)}”</a>`;
		return [markup`<li>${link}: ${reason ?? STATUS[status].word}</li>`];
	});
}

function anchor(index: number): string {
	return `i${index + 1}`;
}

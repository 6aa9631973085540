import type { Instruction } from '../types';
import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { addColumn } from './add-column';
import { addEntry } from './add-entry';
import { addDefinitions } from './definitions';
import type { Outcome } from './edit';
import { insertClause } from './insert';
import { insertWords } from './insert-words';
import { deleteWords, renameEverywhere, replaceWords } from './quoted';
import { underOldNumber } from './old-numbers';
import { reinstateClause, type Step } from './reinstate';
import { restateLabelled } from './labelled';
import { renumberClause } from './renumber';
import { deleteClause, replaceClause } from './replace';
import { doubtRow, inRowMeant } from './row-meant';
import { addRightsClause, addSchedule, supplementPlace } from './schedule';
import { addRow } from './table-edit';
import { setTermEnd } from './term-end';

/**
 * The edits of one instruction on the agreement as it stands before any of them. Where its outline does not show the
 * place, the outline with run-in headings opened is asked; the words are the same in both.
 */
export function carryOut(
	base: Base,
	instruction: Instruction,
	all: readonly Instruction[],
	history: readonly Step[] = [],
): Outcome {
	if (instruction.needsHuman) return { status: 'ambiguous', reason: instruction.needsHuman.reason };
	const meant = underOldNumber(base, instruction, history);
	if (meant && 'reason' in meant) return meant;
	if (meant) {
		const done = inRow(base, meant.instruction, all, history);
		return done.status === 'applied' ? { ...done, note: meant.note } : done;
	}
	const outcome = inRow(base, instruction, all, history);
	if (outcome.status !== 'not_found' && outcome.status !== 'ambiguous') return outcome;
	const opened = base.opened && inRow(base.opened, instruction, all, history);
	return opened?.status === 'applied' ? opened : outcome;
}

/** In the row of a table that the sentence names, where it names one. */
function inRow(base: Base, instruction: Instruction, all: readonly Instruction[], history: readonly Step[]): Outcome {
	const meant = inRowMeant(base, instruction, all);
	if (meant && 'reason' in meant) return meant;
	const outcome = carriedOut(base, meant ?? instruction, all, history);
	const doubt = outcome.status === 'applied' && !meant ? doubtRow(base, instruction, all, outcome.edits) : undefined;
	return doubt ?? outcome;
}

function carriedOut(
	base: Base,
	instruction: Instruction,
	all: readonly Instruction[],
	history: readonly Step[],
): Outcome {
	switch (instruction.kind) {
		case 'restate_clause':
			return instruction.old ? restateLabelled(base, instruction) : replaceClause(base, instruction);
		case 'replace_clause':
		case 'replace_definition':
		case 'replace_schedule':
		case 'replace_row':
			return replaceClause(base, instruction);
		case 'delete_clause':
		case 'delete_definition':
		case 'delete_row':
		case 'delete_column':
			return deleteClause(base, instruction);
		case 'insert_clause':
			return insertClause(base, instruction, all);
		case 'insert_words':
			return insertWords(base, instruction);
		case 'replace_words':
		case 'change_value':
			return replaceWords(base, instruction);
		case 'delete_words':
			return deleteWords(base, instruction);
		case 'rename_term':
		case 'rename_party':
			return renameEverywhere(base, instruction);
		case 'add_definition':
			return addDefinitions(base, instruction);
		case 'add_entry':
			return addEntry(base, instruction);
		case 'add_column':
			return addColumn(base, instruction);
		case 'add_row':
			return addRow(base, instruction);
		case 'add_schedule':
			return addSchedule(base, instruction);
		case 'supplement':
			return supplementPlace(base, instruction);
		case 'add_rights':
			return addRightsClause(base, instruction);
		case 'renumber':
			return renumberClause(base, instruction, all);
		case 'extend':
			return setTermEnd(base, instruction, all);
		case 'terminate':
			return instruction.new ? setTermEnd(base, instruction, all) : terminated(instruction);
		case 'suspend':
			return suspended(base, instruction);
		case 'reinstate':
			return reinstateClause(base, instruction, history);
	}
}

/** What holds for the contract without standing in a clause. */
function terminated({ target }: Instruction): Outcome {
	if (target.places.length > 0)
		return { status: 'ambiguous', reason: 'It names a clause and not the words that change in it.' };
	return { status: 'applied', edits: [], fact: { name: 'status', value: 'terminated' } };
}

/** A clause that does not hold for a time: its words stay. */
function suspended(base: Base, { target }: Instruction): Outcome {
	const failed = target.places.map((place) => resolvePlace(base, place)).find(isFailure);
	if (failed) return failed;
	const places = target.places.map(({ quote }) => quote).join(', ');
	if (places === '') return { status: 'applied', edits: [], fact: { name: 'status', value: 'suspended' } };
	return {
		status: 'applied',
		edits: [],
		fact: { name: 'suspended', value: places },
		look: 'Its words stand in the text and do not hold while it is suspended.',
	};
}

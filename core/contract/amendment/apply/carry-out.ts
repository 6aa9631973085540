import type { Instruction } from '../types';
import type { Base } from '../target/base';
import { addDefinitions } from './definitions';
import type { Outcome } from './edit';
import { insertClause } from './insert';
import { insertWords } from './insert-words';
import { deleteWords, renameEverywhere, replaceWords } from './quoted';
import { deleteClause, renumberClause, replaceClause } from './replace';
import { addRightsClause, addRow, addSchedule, supplementPlace } from './schedule';

/** The edits of one instruction on the agreement as it stands before any of them. */
export function carryOut(base: Base, instruction: Instruction, all: readonly Instruction[]): Outcome {
	if (instruction.needsHuman) return { status: 'ambiguous', reason: instruction.needsHuman.reason };
	switch (instruction.kind) {
		case 'replace_clause':
		case 'restate_clause':
		case 'replace_definition':
		case 'replace_schedule':
		case 'replace_row':
			return replaceClause(base, instruction);
		case 'delete_clause':
		case 'delete_definition':
		case 'delete_row':
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
		case 'add_row':
			return addRow(base, instruction);
		case 'add_schedule':
			return addSchedule(base, instruction);
		case 'supplement':
			return supplementPlace(base, instruction);
		case 'add_rights':
			return addRightsClause(base, instruction);
		case 'renumber':
			return renumberClause(base, instruction);
		case 'extend':
			return fact(instruction, 'term');
		case 'terminate':
			return fact(instruction, 'status');
		case 'reinstate':
			return { status: 'ambiguous', reason: 'It brings back an earlier text, which has to be looked up.' };
	}
}

/** What holds for the contract without standing in a clause. */
function fact(instruction: Instruction, name: 'term' | 'status'): Outcome {
	if (instruction.target.places.length > 0)
		return { status: 'ambiguous', reason: 'It names a clause and not the words that change in it.' };
	return {
		status: 'applied',
		edits: [],
		fact: { name, value: name === 'term' ? (instruction.new?.text ?? '') : 'terminated' },
	};
}

import type { InstructionOutcome } from '../core/contract';
import { columns } from './columns';

const STATUS: Readonly<Record<InstructionOutcome['status'], string>> = {
	applied: 'applied',
	conflict: 'CONFLICT',
	not_found: 'NOT FOUND',
	ambiguous: 'AMBIGUOUS',
	apart: 'kept apart',
};

const SHOWN = 90;

/** One line an instruction: where it stands, what became of it, its opening words; the reason below where there is one. */
export function showInstructions(instructions: readonly InstructionOutcome[]): string {
	const rows = instructions.flatMap((instruction) => {
		const { quote, section = '', amendment, status, reason, needsHuman } = instruction;
		const place = amendment === undefined ? section : `${amendment}/${section}`;
		const words = quote.replace(/\s+/g, ' ').trim();
		const short = words.length > SHOWN ? `${words.slice(0, SHOWN)} …` : words;
		const line = [place, needsHuman === true ? `! ${STATUS[status]}` : STATUS[status], short];
		return reason === undefined ? [line] : [line, ['', '', `  ${reason}`]];
	});
	return columns(rows.every(([place]) => place === '') ? rows.map((row) => row.slice(1)) : rows);
}

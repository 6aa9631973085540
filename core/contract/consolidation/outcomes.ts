import type { Amendment, Consolidation, Kept } from '../amendment';
import type { InstructionOutcome } from '../redline';

const WHY: Readonly<Record<Kept['why'], string>> = {
	scope: 'It holds only for a part',
	not_yet_effective: 'It does not hold yet',
	expired: 'It has ended',
	other_document: 'It changes another document',
};

/** What became of every instruction of the amendments, in their order. */
export function instructionOutcomes(
	amendments: readonly Amendment[],
	{ results, apart }: Consolidation,
): InstructionOutcome[] {
	const resultOf = new Map(results.map((result) => [`${result.amendmentId} ${result.instructionId}`, result]));
	const keptOf = new Map(apart.map((kept) => [`${kept.amendmentId} ${kept.instructionId}`, kept]));
	return amendments.flatMap(({ id, number, instructions }) =>
		instructions.map(({ id: instructionId, quote, section, needsHuman }): InstructionOutcome => {
			const key = `${id} ${instructionId}`;
			const [result, kept] = [resultOf.get(key), keptOf.get(key)];
			const reason = result?.reason ?? (kept ? whyApart(kept) : needsHuman?.reason);
			return {
				quote,
				...(amendments.length > 1 && number !== undefined ? { amendment: number } : {}),
				...(section === undefined ? {} : { section }),
				// An amendment that was given twice is carried out once; the second time has no result of its own.
				status: result?.status ?? 'apart',
				...(reason === undefined ? {} : { reason }),
				...(result?.needsHuman || needsHuman ? { needsHuman: true } : {}),
			};
		}),
	);
}

function whyApart({ why, scope }: Kept): string {
	return scope === undefined ? `${WHY[why]}.` : `${WHY[why]}: ${scope}`;
}

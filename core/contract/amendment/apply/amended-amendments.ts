import { sha256, type ContractDocument } from '../../../model';
import type { ContractLimits } from '../../limits';
import { readAmendmentNumber } from '../read/header';
import { readAmendments } from '../read/amendments';
import type { Amendment, ApplyResult, Instruction } from '../types';
import { applyAmendment } from './apply';

export interface AmendedStack {
	/** In the same order; instructions that changed another amendment are no longer among them. */
	order: Amendment[];
	/** What became of those. */
	results: ApplyResult[];
}

/**
 * `Section 2 of Amendment No. 1 is deleted …`: an amendment of an amendment given earlier. The earlier one is carried
 * out as it reads then. Instructions keep their ids; where their number changes, nothing is changed and a person decides.
 */
export function amendEarlier(given: readonly Amendment[], limits?: Partial<ContractLimits>): AmendedStack {
	const order = [...given];
	const results: ApplyResult[] = [];
	order.forEach((amendment, at) => {
		for (const instruction of amendment.instructions) {
			const number = amendedNumber(instruction);
			const earlier = number === undefined ? -1 : order.slice(0, at).findIndex((one) => one.number === number);
			const target = order[earlier];
			if (!target || earlier < 0) continue;
			const changed = amended(target, amendment, instruction, limits);
			const own = order[at] ?? amendment;
			order[at] = { ...own, instructions: own.instructions.filter(({ id }) => id !== instruction.id) };
			if ('source' in changed) order[earlier] = changed;
			results.push(resultOf(amendment, instruction, target, changed));
		}
	});
	return { order, results };
}

/** Number of the amendment that an instruction changes. */
function amendedNumber({ target }: Instruction): string | undefined {
	const { document } = target;
	return document !== undefined && /\bamendment\b/i.test(document) ? readAmendmentNumber(document) : undefined;
}

type Refusal = Pick<ApplyResult, 'status' | 'reason'>;

function amended(
	earlier: Amendment,
	amendment: Amendment,
	instruction: Instruction,
	limits: Partial<ContractLimits> | undefined,
): Amendment | Refusal {
	const { source, format } = earlier;
	const base: ContractDocument = { sha256: sha256(source), format, text: source };
	const { document: _named, ...target } = instruction.target;
	const done = applyAmendment({
		base,
		amendment: { ...amendment, instructions: [{ ...instruction, target }] },
		...(limits ? { limits } : {}),
	});
	const [result] = done.results;
	if (result?.status !== 'applied')
		return { status: result?.status ?? 'ambiguous', reason: result?.reason ?? 'It holds for a part only.' };
	const [reread, ...others] = readAmendments(done.text, limits);
	if (!reread || others.length > 0 || reread.instructions.length !== earlier.instructions.length)
		return { status: 'ambiguous', reason: 'The amendment that it changes would hold other instructions then.' };
	return {
		...reread,
		id: earlier.id,
		span: earlier.span,
		instructions: reread.instructions.map((one, index) => ({ ...one, id: earlier.instructions[index]?.id ?? one.id })),
	};
}

function resultOf(
	{ id: amendmentId }: Amendment,
	{ id: instructionId }: Instruction,
	earlier: Amendment,
	changed: Amendment | Refusal,
): ApplyResult {
	const common = { instructionId, amendmentId, changes: [] };
	if ('source' in changed)
		return {
			...common,
			status: 'applied',
			reason: `It changes Amendment ${earlier.number ?? ''}, which was carried out as it reads then.`,
		};
	const reason = changed.reason ?? changed.status;
	return { ...common, status: changed.status, reason, needsHuman: { reason } };
}

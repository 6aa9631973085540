import { sha256, type ContractDocument } from '../../../model';
import type { ContractLimits } from '../../limits';
import { readDates } from '../read/dates';
import type { Amendment, ApplyResult, Consolidation } from '../types';
import { applyAmendment } from './apply';
import { onCommonGround } from './offsets';

export interface StackInput {
	base: ContractDocument;
	amendments: readonly Amendment[];
	/** ISO date the consolidated text is wanted for; without it every amendment counts and no temporary one has ended. */
	asOf?: string;
	withinScope?: boolean;
	limits?: Partial<ContractLimits>;
}

/**
 * Amendments one on top of the other, in the order of their numbers. Gaps, wrong order and repetitions are told in
 * `warnings`; the same amendment is carried out once.
 */
export function applyAmendments(input: StackInput): Consolidation {
	const { order, warnings } = inOrder(input.amendments);
	const total: Consolidation = {
		text: { ...input.base, sha256: sha256(input.base.text) },
		results: [],
		apart: [],
		unresolved: [],
		warnings,
		reverts: [],
	};
	const steps: ApplyResult[][] = [];
	for (const amendment of order) {
		const from = effectiveDay(amendment);
		if (input.asOf !== undefined && from !== undefined && from > input.asOf) {
			for (const { id, quote } of amendment.instructions)
				total.apart.push({ instructionId: id, amendmentId: amendment.id, why: 'not_yet_effective', text: quote });
			continue;
		}
		const step = applyAmendment({
			base: total.text,
			amendment,
			...(input.asOf !== undefined ? { asOf: input.asOf } : {}),
			...(input.withinScope !== undefined ? { withinScope: input.withinScope } : {}),
			...(input.limits ? { limits: input.limits } : {}),
		});
		total.text = step.text;
		steps.push(step.results);
		total.apart.push(...step.apart);
		total.unresolved.push(...step.unresolved);
		total.reverts.push(...step.reverts);
	}
	total.results = onCommonGround(steps);
	return total;
}

/** The first day the amendment names as its own; unknown where it names none. */
export function effectiveDay(amendment: Amendment): string | undefined {
	return amendment.effective ? readDates(amendment.effective.text)[0]?.value : amendment.signedAt;
}

function inOrder(given: readonly Amendment[]): { order: Amendment[]; warnings: string[] } {
	const warnings: string[] = [];
	const seen = new Set<string>();
	const once = given.filter((amendment) => {
		if (seen.has(amendment.id)) warnings.push(`${nameOf(amendment)} was given twice; it is carried out once.`);
		return !seen.has(amendment.id) && seen.add(amendment.id);
	});
	const numbered = once.every((amendment) => amendment.number !== undefined);
	const order = numbered ? once.toSorted((a, b) => Number(a.number) - Number(b.number)) : once;
	if (order.some((amendment, index) => amendment !== once[index]))
		warnings.push('The amendments were not given in the order of their numbers; they are carried out in that order.');
	const numbers = order.map((amendment) => Number(amendment.number));
	if (!numbered && once.length > 1)
		warnings.push('Not every amendment has a number; they are carried out in the order given.');
	else if (numbered) warnings.push(...gaps(numbers));
	return { order, warnings };
}

function gaps(numbers: readonly number[]): string[] {
	const warnings: string[] = [];
	let last = 0;
	for (const number of numbers) {
		if (number === last) warnings.push(`There are two different amendments number ${number}.`);
		for (let missing = last + 1; missing < number && missing < last + 20; missing++)
			warnings.push(`Amendment ${missing} is missing before amendment ${number}.`);
		last = number;
	}
	return warnings;
}

function nameOf(amendment: Amendment): string {
	return amendment.number !== undefined ? `Amendment ${amendment.number}` : (amendment.title ?? 'An amendment');
}

import { sha256, type ContractDocument } from '../../../model';
import { startOfDay, type EffectiveReading } from '../../dating';
import type { ContractLimits } from '../../limits';
import { firstDay, lastDay, readDating } from '../dating';
import type { Amendment, ApplyResult, Consolidation } from '../types';
import { amendEarlier } from './amended-amendments';
import { applyAmendment } from './apply';
import { changesInOrder, onCommonGround } from './offsets';
import type { Step } from './reinstate';

export interface StackInput {
	base: ContractDocument;
	amendments: readonly Amendment[];
	/** ISO date the consolidated text is wanted for; without it every amendment counts and no temporary one has ended. */
	asOf?: string;
	withinScope?: boolean;
	forEveryone?: boolean;
	/** Zone in which the readings' days begin; UTC without it. */
	zone?: string;
	/** When each amendment holds, by its id; read from its words where it is not given. */
	readings?: ReadonlyMap<string, EffectiveReading>;
	limits?: Partial<ContractLimits>;
}

/**
 * Amendments one on top of the other, in the order of their numbers. Gaps, wrong order and repetitions are told in
 * `warnings`; the same amendment is carried out once.
 */
export function applyAmendments(input: StackInput): Consolidation {
	const { order: given, warnings } = inOrder(input.amendments);
	const held = new Map(
		given.map((one) => [one.id, input.asOf === undefined ? undefined : heldBack(one, input.asOf, input)]),
	);
	const amended = amendEarlier(
		given.filter(({ id }) => held.get(id) === undefined),
		input.limits,
	);
	const order = given.map((one) => amended.order.find(({ id }) => id === one.id) ?? one);
	const total: Consolidation = {
		text: { ...input.base, sha256: sha256(input.base.text) },
		results: [],
		apart: [],
		unresolved: [],
		warnings,
		reverts: [],
	};
	const steps: ApplyResult[][] = [];
	const history: Step[] = [];
	for (const amendment of order) {
		const why = held.get(amendment.id);
		if (why) {
			for (const { id, quote } of amendment.instructions)
				total.apart.push({ instructionId: id, amendmentId: amendment.id, why, text: quote });
			continue;
		}
		const step = applyAmendment({
			base: total.text,
			amendment,
			history,
			...(input.asOf !== undefined ? { asOf: input.asOf } : {}),
			...(input.withinScope !== undefined ? { withinScope: input.withinScope } : {}),
			...(input.forEveryone !== undefined ? { forEveryone: input.forEveryone } : {}),
			...(input.limits ? { limits: input.limits } : {}),
		});
		history.push({
			base: total.text,
			...(amendment.number === undefined ? {} : { number: amendment.number }),
			changes: changesInOrder(step.results),
			renumbers: renumbers(amendment, step.results),
		});
		total.text = step.text;
		steps.push(step.results);
		total.apart.push(...step.apart);
		total.unresolved.push(...step.unresolved);
		total.reverts.push(...step.reverts);
	}
	total.results = [...onCommonGround(steps), ...amended.results];
	for (const { instructionId, status, reason } of amended.results)
		if (status !== 'applied') total.unresolved.push({ instructionId, reason: reason ?? status });
	return withEveryone(total, input);
}

function renumbers({ instructions }: Amendment, results: readonly ApplyResult[]): boolean {
	const done = new Set(results.filter(({ changes }) => changes.length > 0).map(({ instructionId }) => instructionId));
	return instructions.some(({ id, kind }) => kind === 'renumber' && done.has(id));
}

/** Whether an amendment holds not yet, or no more, on the day that is asked for. */
function heldBack(amendment: Amendment, asOf: string, input: StackInput): 'not_yet_effective' | 'expired' | undefined {
	const { base, limits } = input;
	const reading =
		input.readings?.get(amendment.id) ??
		readDating(amendment, { base, knownAt: startOfDay(asOf, 'UTC'), ...(limits ? { limits } : {}) });
	const zone = input.zone ?? 'UTC';
	const [from, until] = [firstDay(reading, zone), lastDay(amendment, reading, zone)];
	if (from !== undefined && from > asOf) return 'not_yet_effective';
	return until !== undefined && until < asOf ? 'expired' : undefined;
}

/** Words that hold for some only are left out of a second text. */
function withEveryone(total: Consolidation, input: StackInput): Consolidation {
	if (input.forEveryone === true || input.withinScope === true) return total;
	if (total.results.every(({ scope }) => scope === undefined)) return total;
	return { ...total, forEveryone: applyAmendments({ ...input, forEveryone: true }).text };
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

import { type ChangeOp, type ContractChange, type Effective, type Span, contentId } from '../../../model';
import { readDates } from '../read/dates';
import type { Amendment, ApplyResult, Consolidation, Fact, Instruction, InstructionKind, Kept } from '../types';
import { ownEffect } from '../dating';
import type { Dating } from './dating';
import type { AmendedChange, AmendmentChangeInput } from './types';

/** An instruction with what came of it. */
interface Order {
	effective: Effective;
	instruction: Instruction;
	amendment: Amendment;
	result?: ApplyResult;
	kept?: Kept;
}

export function ordersOf(amendments: readonly Amendment[], done: Consolidation, dating: Dating): Order[] {
	const results = new Map(done.results.map((result) => [`${result.amendmentId} ${result.instructionId}`, result]));
	const kept = new Map(done.apart.map((one) => [`${one.amendmentId} ${one.instructionId}`, one]));
	const seen = new Set<string>();
	return amendments.flatMap((amendment) =>
		amendment.instructions.flatMap((instruction): Order[] => {
			const key = `${amendment.id} ${instruction.id}`;
			if (seen.has(key)) return [];
			seen.add(key);
			const result = results.get(key);
			const apart = kept.get(key);
			return [
				{
					instruction,
					amendment,
					effective: ownEffect(instruction, dating.of(amendment), dating.zone),
					...(result ? { result } : {}),
					...(apart ? { kept: apart } : {}),
				},
			];
		}),
	);
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

const shared = (a: Span, b: Span): number => Math.min(a.end, b.end) - Math.max(a.start, b.start);

/** The instruction whose text the change shares most with; side effects of instructions stay differences. */
export function attach(change: ContractChange, orders: readonly Order[]): AmendedChange {
	const shares = orders
		.map((order) => ({
			order,
			overlap: Math.max(-1, ...(order.result?.changes ?? []).map((one) => overlap(change, one))),
		}))
		.filter((one) => one.overlap > 0);
	const [first, ...others] = shares;
	if (!first) return change;
	const best = others.reduce((most, one) => (one.overlap > most.overlap ? one : most), first).order;
	const { instruction, result } = best;
	const days = new Set(shares.map(({ order }) => order.effective.from));
	const needsHuman = result?.needsHuman ?? (days.size > 1 ? { reason: SEVERAL_DAYS } : change.needsHuman);
	return {
		...change,
		...common(best),
		origin: 'instruction',
		confidence: Math.min(change.confidence, instruction.confidence),
		...(needsHuman ? { needsHuman } : {}),
	};
}

export const SEVERAL_DAYS =
	'Several instructions that hold from different days made it; ask for the text of a day to see what holds then.';

/** How much of its text a change shares with a change that an instruction made. */
function overlap({ span }: ContractChange, { before, after }: ApplyResult['changes'][number]): number {
	const common = (own: Span | undefined, made: Span): number =>
		own && made.end > made.start && touches(own, made) ? shared(own, made) : -1;
	return Math.max(common(span?.after, after), common(span?.before, before));
}

function common(order: Order): Pick<AmendedChange, 'instruction' | 'scope' | 'effective'> {
	const { instruction, amendment } = order;
	const scope = instruction.scope ?? amendment.scope;
	const reason =
		order.result?.reason ?? (order.kept ? `Kept apart: ${order.kept.why.replaceAll('_', ' ')}.` : undefined);
	return {
		...(scope !== undefined ? { scope } : {}),
		effective: order.effective,
		instruction: {
			id: instruction.id,
			amendmentId: amendment.id,
			kind: instruction.kind,
			status: order.result?.status ?? 'apart',
			quote: instruction.quote,
			span: instruction.span,
			...(reason !== undefined ? { reason } : {}),
		},
	};
}

const OPS: Partial<Record<InstructionKind, ChangeOp>> = {
	delete_clause: 'removed',
	delete_definition: 'removed',
	delete_row: 'removed',
	insert_clause: 'added',
	add_definition: 'added',
	add_row: 'added',
	add_schedule: 'added',
	add_rights: 'added',
	renumber: 'renumbered',
};

/** Instructions that left no trace in the text: facts, those kept apart, and those that could not be carried out. */
export function withoutText(input: AmendmentChangeInput, orders: readonly Order[]): AmendedChange[] {
	return orders.flatMap((order): AmendedChange[] => {
		const { result, kept } = order;
		if (result?.status === 'applied' && !result.fact) return [];
		const change = result?.fact ? factChange(order, result.fact) : orderedChange(order);
		const id = contentId('chg', {
			contractId: input.contract.id,
			instruction: order.instruction.id,
			amendment: order.amendment.id,
			status: result?.status ?? kept?.why,
		});
		return [{ id, ...change, ...common(order) }];
	});
}

function factChange(order: Order, fact: Fact): Omit<AmendedChange, 'id'> {
	const [only, ...others] = readDates(fact.value);
	const whole = only && others.length === 0 && only.end - only.start >= fact.value.trim().length - 1;
	const date = fact.day ?? (fact.name === 'term' && whole ? only.value : undefined);
	const needsHuman = order.result?.needsHuman;
	return {
		kind: 'lifecycle',
		op: ['modified'],
		field: {
			path: [fact.name],
			...(date !== undefined && fact.was !== undefined ? { from: fact.was } : {}),
			to: date ?? fact.value,
			type: date === undefined ? 'text' : 'date',
		},
		...(needsHuman ? { needsHuman } : {}),
		origin: 'instruction',
		confidence: order.instruction.confidence,
	};
}

function orderedChange(order: Order): Omit<AmendedChange, 'id'> {
	const { instruction, result, kept } = order;
	const step = instruction.target.places[0]?.steps.at(-1);
	const { old, new: fresh } = instruction;
	const reason =
		result?.reason ??
		(kept?.why === 'scope' ? 'It holds for some only and was not put into everybody\u2019s text.' : undefined);
	return {
		kind:
			step?.by === 'definition' || instruction.kind === 'add_definition'
				? 'definition'
				: step?.by === 'row' || instruction.kind === 'add_row'
					? 'row'
					: instruction.kind === 'rename_party'
						? 'party'
						: 'clause',
		op: [OPS[instruction.kind] ?? 'modified'],
		...(old || fresh
			? { text: { ...(old ? { before: old.text } : {}), ...(fresh ? { after: fresh.text } : {}) } }
			: {}),
		origin: 'instruction',
		confidence: instruction.confidence,
		...(reason !== undefined ? { needsHuman: { reason } } : {}),
	};
}

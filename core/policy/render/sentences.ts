import { compileWhen } from '../condition';
import type { BirthrightRule, ContractRule, PolicyDocument, When } from '../schema';
import { sidesOf } from '../lint/duties';
import { code, names, strong } from './blocks';
import type { Inline, Text } from './blocks';

type Separation = NonNullable<PolicyDocument['separationOfDuties']>[number];
type Approval = NonNullable<PolicyDocument['approvals']>[number];

/** Conditions in words: `department is Sales and level is at least 2`. */
export function conditionText(when: When | undefined, expression?: string): Inline[] {
	const texts: Inline[][] = compileWhen(when).map(({ text }) => [text]);
	if (expression !== undefined) texts.push([code(expression), ' holds']);
	return texts.flatMap((each, index): Inline[] => (index === 0 ? each : [' and ', ...each]));
}

function stateOf({ status }: { status?: string }): Inline[] {
	if (status === 'proposed') return [' This rule is proposed: it gives nothing yet.'];
	return status === 'deprecated' ? [' This rule is deprecated: whoever holds it keeps it, nobody new gets it.'] : [];
}

/** One birthright rule as a sentence. */
export function ruleSentence(rule: BirthrightRule): Text {
	const asked = conditionText(rule.when, rule.if);
	const whom: Inline[] = asked.length === 0 ? ['Everybody'] : ['Whoever has: ', ...asked, ','];
	return [strong(rule.id), '. ', ...whom, ' gets ', ...names(rule.grant), '.', ...stateOf(rule)];
}

/** One contract rule as a sentence. */
export function contractSentence(rule: ContractRule): Text {
	const asked = conditionText(rule.when, rule.if);
	const until: Inline[] =
		rule.until === undefined ? [', without an end'] : [', until the end of the day in ', code(rule.until)];
	const seats: Inline[] =
		rule.seats === undefined
			? []
			: [
					' No more people than ',
					code(rule.seats.limit),
					' says',
					...(rule.seats.order === undefined ? [] : [', served in the order of ', ...names(rule.seats.order)]),
					'.',
				];
	return [
		strong(rule.id),
		'. Everybody named in ',
		code(rule.subjects),
		' of a contract',
		...(asked.length === 0 ? [] : [', where ', ...asked, ',']),
		' gets ',
		...names(rule.grant),
		...until,
		'.',
		...seats,
		...stateOf(rule),
	];
}

const OUTCOMES = {
	block: 'The later one is withheld.',
	approve: 'The later one needs approval.',
	record: 'It is recorded, and allowed.',
} as const;

/** One separation of duties as a sentence. */
export function separationSentence(separation: Separation): Text {
	const sides = sidesOf(separation);
	const words = sides.flatMap((side, index): Inline[] => [
		...(index === 0 ? [] : [' together with ']),
		...(side.length > 1 ? ['any of '] : []),
		...names(side, 'or'),
	]);
	const exempt = (separation.exempt ?? []).map(
		({ person, until, owner, reason }): Inline =>
			` Except ${person} until ${until} (${reason}; ${owner} answers for it).`,
	);
	const control: Inline[] =
		separation.compensating === undefined ? [] : [` Compensating control: ${separation.compensating}.`];
	return [strong(separation.id), '. Nobody holds ', ...words, '. ', OUTCOMES[separation.action], ...control, ...exempt];
}

/** One approval as a sentence. */
export function approvalSentence({ id, when, approvers, need, expires, proof }: Approval): Text {
	const asked = conditionText(when);
	const votes = need ?? Object.fromEntries(approvers.map((name) => [name, 1]));
	const who = Object.entries(votes).flatMap(([name, number], index): Inline[] => [
		...(index === 0 ? [] : [' and ']),
		`${number} of `,
		code(name),
	]);
	return [
		strong(id),
		'. ',
		...(asked.length === 0 ? ['Every change that gives access'] : ['Where ', ...asked, ', a change that gives access']),
		' needs the approval of ',
		...who,
		` within ${expires ?? 'P7D'}`,
		...(proof === 'code' ? [', proved by a code'] : []),
		'.',
	];
}

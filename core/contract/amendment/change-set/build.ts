import type { ContractChangeSet, ContractDocument, Effective } from '../../../model';
import { compareVersions } from '../../compare';
import { applyAmendments } from '../apply/stack';
import { datesOf } from './dating';
import { attach, ordersOf, withoutText } from './order';
import type { Amendment } from '../types';
import type { AmendmentChangeInput, AmendmentChangeSet } from './types';

/**
 * The changes that amendments make to an agreement: clauses matched by comparing it with the consolidated text, each
 * with the instruction behind it. What was not carried out is a change with `needsHuman` and listed in `unresolved`.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function amendmentChangeSet(input: AmendmentChangeInput): AmendmentChangeSet {
	const done = input.done ?? applyAmendments(input);
	const { contract, base, extractors, limits } = input;
	const dating = datesOf(input);
	const effective = dating.ofAll;
	const compared = compareVersions({
		contract,
		before: base,
		after: done.text,
		effective,
		...(extractors ? { extractors } : {}),
		...(limits ? { limits } : {}),
	});
	const terms = done.forEveryone ? termsOf(input, done.forEveryone, effective) : compared.terms;
	const orders = ordersOf(input.amendments, done, dating);
	const changes = [...compared.changes.map((change) => attach(change, orders)), ...withoutText(input, orders)];
	const [only] = input.amendments;
	return {
		...compared,
		...(only
			? {
					amendment:
						input.amendments.length === 1
							? describe(only, effective)
							: { title: input.amendments.map((one) => one.title ?? '').join('; '), effective },
				}
			: {}),
		changes,
		terms,
		unresolved: changes.filter((change) => change.needsHuman).map((change) => change.id),
		warnings: [...compared.warnings, ...done.warnings, ...dating.problems],
		consolidated: done.text,
	};
}

function describe(amendment: Amendment, effective: Effective): NonNullable<ContractChangeSet['amendment']> {
	const { id, title, number, signedAt } = amendment;
	return {
		id,
		...(title !== undefined ? { title } : {}),
		...(number !== undefined ? { number } : {}),
		...(signedAt !== undefined ? { signedAt } : {}),
		effective,
	};
}

/** Terms change by what holds for everybody. */
function termsOf(
	{ contract, base, extractors, limits }: AmendmentChangeInput,
	after: ContractDocument,
	effective: Effective,
): ContractChangeSet['terms'] {
	if (!extractors) return [];
	const compared = compareVersions({
		contract,
		before: base,
		after,
		effective,
		extractors,
		...(limits ? { limits } : {}),
	});
	return compared.terms;
}

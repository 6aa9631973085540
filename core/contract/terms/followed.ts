import type { TermExtractor } from '../../model';
import { clauseName } from '../dating';
import type { ClauseNode, ContractTree } from '../tree';
import { clausesByNumber, schedulesByNumber } from './passage';

/** What a number that a policy names a clause by means in the later version. */
export interface FollowedClause {
	/** The clauses that those of the earlier version became. */
	nodes: ClauseNode[];
	/** Why the later version has no such clause although some clause may bear its number. */
	problem?: string;
	/** For people: the number means another clause by now, so that the policy has to be put right. */
	note?: string;
}

export interface Pair {
	before: ContractTree;
	after: ContractTree;
	/** Index in `after` of what a clause of `before` became, -1 where it is gone. */
	partnerOf: (index: number) => number;
}

/**
 * Follows the clauses that terms are read from by number: after a renumbering the number belongs to another clause, and
 * its value would be told as a change of the term. Only those that mean something else now are in the answer.
 */
export function followNumbers(extractors: Record<string, TermExtractor>, pair: Pair): Map<string, FollowedClause> {
	const followed = new Map<string, FollowedClause>();
	for (const [name, extractor] of Object.entries(extractors)) {
		const number = extractor.definition === undefined ? (extractor.clause ?? extractor.schedule) : undefined;
		if (number === undefined) continue;
		const find = extractor.type === 'table' || extractor.clause === undefined ? schedulesByNumber : clausesByNumber;
		const wanted = extractor.type === 'table' ? (extractor.schedule ?? number) : number;
		const clause = follow(name, wanted, find, pair);
		if (clause) followed.set(name, clause);
	}
	return followed;
}

function follow(
	term: string,
	number: string,
	find: (tree: ContractTree, number: string) => ClauseNode[],
	{ before, after, partnerOf }: Pair,
): FollowedClause | undefined {
	const [old, now] = [find(before, number), find(after, number)];
	if (old.length === 0) return undefined;
	const partners = old.flatMap((node) => after.nodes[partnerOf(node.index)] ?? []);
	const bearers = new Set(now);
	if (partners.length > 0) {
		if (partners.length === bearers.size && partners.every((node) => bearers.has(node))) return undefined;
		const lives = partners.map((node) => clauseName(node)).join(' and ');
		const note = `The policy reads the term "${term}" from "${number}". That clause is now ${lives}, and its value was read there; put the policy right before it is read from "${number}" again.`;
		return { nodes: partners, note };
	}
	const [bearer] = now;
	const taken = new Set(before.nodes.map((node) => partnerOf(node.index)));
	// A clause that was written anew under its number is that clause.
	if (!bearer || now.some((node) => !taken.has(node.index))) return undefined;
	const problem = `The clause "${number}" of the earlier version is gone; the number now belongs to ${clauseName(bearer)}, which is another clause.`;
	return { nodes: [], problem };
}

import { isOnPages, needsLook, pairChange, wholeClause, type PairContext, type PlacedChange } from './clause-change';
import type { ContractLimits } from '../limits';
import { findMoved } from './moves';
import { pairPartyLines } from './party-lines';
import { Pairing } from './pairing';
import { CarriedBodies } from './carried-body';
import { CrossReferences } from './cross-references';
import { Explainer } from './explanation';
import { Features } from './features';
import { findRenames } from './rename';
import { Splits, type Cut } from './split';
import { Lexicon } from './tokens';
import type { ContractTree } from '../tree';
import { assignContents, readUnits, type Unit } from './unit';

export type { PlacedChange };

export interface ClauseComparison {
	changes: PlacedChange[];
	warnings: string[];
	units: { before: readonly Unit[]; after: readonly Unit[] };
	/** Node of the later version that a node of the earlier one became, -1 if none. */
	partnerOf(index: number): number;
	/** Where something of the earlier version stands, told in places of the later one. */
	placeOf(index: number): number;
}

/** Compares the clauses of two versions; rows of tables are compared apart. */
export function compareClauses(before: ContractTree, after: ContractTree, limits: ContractLimits): ClauseComparison {
	const lexicon = new Lexicon();
	const old = readUnits(before, lexicon);
	const now = readUnits(after, lexicon);
	assignContents(old, now);
	const features = new Features();
	new Pairing(old, now, features, limits).run();
	pairPartyLines({ before, after }, old, now);
	const places = placesOf(old);
	const told = { before: new Set<number>(), after: new Set<number>() };
	const changes: PlacedChange[] = [];
	const splits = new Splits(old, now, lexicon, features, limits);
	const cuts: Cut[] = [];
	for (const unit of old) addSplit(splits, unit, told, cuts);
	const renames = findRenames({ before, after }, old, now, lexicon, limits);
	const references = new CrossReferences(old, now, before, after, limits);
	const context: PairContext = {
		moved: findMoved(old, now),
		references,
		explainer: new Explainer(references, renames),
		maxGap: limits.maxGapTokens,
		warnings: [],
	};
	for (const cut of cuts) changes.push(cutChange(cut, old, now, context));
	changes.push(...pairChanges(old, now, told.before, context));
	addWhole(old, 'before', told.before, (unit) => places[unit.node.index] ?? 0, changes);
	addWhole(now, 'after', told.after, (unit) => unit.node.index, changes, references);
	for (const rename of renames) {
		const draft = rename.change();
		if (draft) changes.push({ at: rename.kind === 'party' ? -0.5 : -0.45, draft });
	}
	return {
		changes,
		warnings: context.warnings,
		units: { before: old, after: now },
		partnerOf: (index) => old[index]?.partner ?? -1,
		placeOf: (index) => places[index] ?? 0,
	};
}

/** What happened to the clauses that both versions have, those told already left out. */
function pairChanges(old: Unit[], now: Unit[], told: ReadonlySet<number>, context: PairContext): PlacedChange[] {
	const changes: PlacedChange[] = [];
	const carried = new CarriedBodies(old, now);
	for (const unit of old) {
		const partner = now[unit.partner];
		if (!partner || told.has(unit.node.index)) continue;
		const draft = pairChange(unit, partner, context);
		if (draft && !carried.joins(unit, draft)) changes.push(carried.told(unit, { at: partner.node.index, draft }));
	}
	return changes;
}

function addSplit(splits: Splits, unit: Unit, told: { before: Set<number>; after: Set<number> }, cuts: Cut[]): void {
	const found = unit.partner >= 0 ? splits.of(unit) : undefined;
	if (
		!found ||
		found.told.before.some((index) => told.before.has(index)) ||
		found.told.after.some((index) => told.after.has(index))
	)
		return;
	for (const index of found.told.before) told.before.add(index);
	for (const index of found.told.after) told.after.add(index);
	cuts.push(found);
}

/** A clause in several pieces, with what its references lead to now. */
function cutChange(
	{ draft, told }: Cut,
	old: Unit[],
	now: Unit[],
	{ references, warnings }: PairContext,
): PlacedChange {
	const unitsOf = (units: Unit[], indices: number[]): Unit[] => indices.flatMap((index) => units[index] ?? []);
	const found = references.across(unitsOf(old, told.before), unitsOf(now, told.after));
	warnings.push(...found.silent);
	const refs = found.refs ? { refs: found.refs, ...needsLook(found) } : {};
	return { at: told.after[0] ?? 0, draft: { ...draft, ...refs } };
}

/** Clauses that one version has alone. Of a table its rows are told, so the table itself is told only if it is empty. */
function addWhole(
	units: Unit[],
	side: 'before' | 'after',
	told: Set<number>,
	place: (unit: Unit) => number,
	changes: PlacedChange[],
	references?: CrossReferences,
): void {
	for (const unit of units) {
		if (unit.partner >= 0 || told.has(unit.node.index) || (unit.node.table?.rows.length ?? 0) > 0) continue;
		if (unit.node.kind === 'metadata' && !isOnPages(unit)) continue;
		const draft = wholeClause(units, unit, side, told);
		const found = references?.added(unit);
		const refs = found?.refs ? { refs: found.refs, ...needsLook(found) } : {};
		changes.push({ at: place(unit), draft: { ...draft, ...refs } });
	}
}

/** Each earlier clause stands at its partner; one without partner behind the nearest clause before it that has one. */
function placesOf(old: Unit[]): number[] {
	let last = -0.4;
	return old.map((unit) => {
		if (unit.partner < 0) return last;
		last = unit.partner + 0.4;
		return unit.partner;
	});
}

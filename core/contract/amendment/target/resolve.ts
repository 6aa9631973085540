import type { Place, Step } from '../types';
import type { Base } from './base';
import { type Located, type Resolution, fail, isFailure } from './located';
import { resolveDefinition, resolveHeading, resolveSchedule, resolveTitle } from './named';
import { resolveNumber } from './number';
import { resolveItem, resolveParagraph, resolveSentence } from './parts';
import { resolveColumn, resolveRow, resolveTable } from './rows';
import { findValue } from './values';

/** Finds the one place that is meant. Two candidates are ambiguous; a title that differs is a conflict. */
export function resolvePlace(base: Base, place: Place): Resolution {
	const around = place.within && resolvePlace(base, place.within);
	if (around && isFailure(around) && around.status === 'conflict') return around;
	let found: Located | undefined;
	for (const step of place.steps) {
		const next = resolveStep(base, step, place, found);
		if (isFailure(next)) return next;
		found = next;
	}
	return found ?? fail('not_found', 'It names no place.');
}

function resolveStep(base: Base, step: Step, place: Place, outer: Located | undefined): Resolution {
	switch (step.by) {
		case 'number':
			return resolveNumber(base, step, place, outer);
		case 'schedule':
			return resolveSchedule(base, step);
		case 'definition':
			return resolveDefinition(base, step.term, outer);
		case 'heading':
			return resolveHeading(base, step.text, outer);
		case 'title':
			return outer ? resolveTitle(base, outer) : fail('not_found', 'It does not say of which clause the heading is.');
		case 'sentence':
			return outer
				? resolveSentence(base, step.which, step.last ?? step.which, outer)
				: fail('not_found', 'It does not say of which clause the sentence is.');
		case 'paragraph':
			return outer
				? resolveParagraph(base, step.which, outer)
				: fail('not_found', 'It does not say of which clause the paragraph is.');
		case 'item':
			return outer
				? resolveItem(base, step.which, outer)
				: fail('not_found', 'It does not say of which clause the item is.');
		case 'row':
			return resolveRow(base, step.key, outer);
		case 'column':
			return resolveColumn(base, step.name, outer);
		case 'table':
			return resolveTable(base, outer);
		case 'value':
			return outer ? findValue(base, step.name, outer) : fail('not_found', `It names "${step.name}" without a clause.`);
	}
}

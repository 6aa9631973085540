import { plainWords } from '../text/plain';
import type { Base } from '../target/base';
import type { Amendment, Instruction } from '../types';
import type { Edit } from './edit';

/**
 * Whether the words go into everybody's text although they hold for some only: where the order itself has no limit and
 * only the recitals tell whom it is for, or where the limit is nothing but the place that is changed.
 */
export function standsForAll({ scope, target }: Instruction, amendment: Amendment): boolean {
	const limit = scope ?? amendment.scope;
	if (limit === undefined) return true;
	if (isPlaceOnly(limit, target)) return true;
	return scope === undefined && amendment.scopeFrom === 'recital';
}

const PLACE =
	/^(?:solely|only|exclusively) (?:with respect to|as to|in respect of|in relation to|for(?: the)? purposes of) (?:the )?((?:section|clause|article|paragraph|schedule|exhibit|annex|appendix|attachment) [\w.()-]{1,12})(?: (?:of|to) the (?:\w+ ){0,3}agreement)?$/i;

/** `solely with respect to Schedule A`, in an order that changes Schedule A: no limit, but its place once more. */
export function isPlaceOnly(scope: string, { places }: Instruction['target']): boolean {
	const named = PLACE.exec(scope)?.[1]?.toLowerCase();
	return named !== undefined && places.some(({ quote }) => quote.toLowerCase().includes(named));
}

/** Whether every word that stands there now still stands there, in its order. */
export function onlyAdds(base: Base, edits: ReadonlyArray<Omit<Edit, 'instructionId'>>): boolean {
	return edits.every(({ start, end, text }) => {
		const fresh = plainWords(text, base.document.format).split(' ');
		let at = 0;
		for (const word of base.words({ start, end }).split(' ')) {
			if (word === '') continue;
			while (at < fresh.length && fresh[at] !== word) at++;
			if (at++ >= fresh.length) return false;
		}
		return true;
	});
}

import { readDateAt } from './date';
import type { ContractSource, SourceSentence } from './source';
import type { DayReading, DerivationStep } from './resolve';
import { TokenList } from './token';

/** A date that somebody wrote beside a signature. */
export interface SignatureDate {
	/** Absent where the line is blank or cannot be read. */
	day?: string;
	problem?: string;
	sentence: SourceSentence;
}

const BEGINS =
	/in witness whereof|in witness of which|as witness|\/s\/|signed (?:by|for)|authori[sz]ed signature|\bby: ?_|unterschrift|signature:/i;
const LABELS = new Set(['date', 'dated', 'datum']);
const MOST_DATES = 24;

/** Dates behind `Date:` and `Dated:` in the signature block, in order. */
export function readSignatureDates(source: ContractSource): SignatureDate[] {
	const dates: SignatureDate[] = [];
	let begun = false;
	for (const node of source.tree.nodes) {
		const raw = source.document.text.slice(node.span.start, node.span.end);
		begun ||= node.kind === 'signature' || BEGINS.test(raw);
		if (!begun || !/date|datum/i.test(raw)) continue;
		for (const sentence of source.sentencesOf(node)) dates.push(...readSentence(sentence));
		if (dates.length >= MOST_DATES) break;
	}
	return dates;
}

function readSentence(sentence: SourceSentence): SignatureDate[] {
	const list = new TokenList(sentence.text);
	const dates: SignatureDate[] = [];
	for (let at = 0; at < list.length; at++) {
		const signed = LABELS.has(list.word(at)) && list.word(at + 1) === 'signed' ? 1 : 0;
		if (!LABELS.has(list.word(at)) || list.word(at + 1 + signed) !== ':') continue;
		// `Effective Date: …` is no signature's date; `Title: CEO Date: …` is.
		const before = list.text(at - 1);
		if (
			/^(?:effective|start|end|expiry|expiration|termination|commencement|due|delivery|amendment|agreement)$/i.test(
				before,
			)
		)
			continue;
		const date = readDateAt(list, at + 2 + signed);
		if (date)
			dates.push({ sentence, ...(date.day === undefined ? { problem: date.problem ?? '' } : { day: date.day }) });
		else dates.push({ sentence, problem: 'a signature has no date' });
	}
	return dates;
}

/** The day on which the last party signed: a contract binds when all have. */
export function lastSignature(source: ContractSource): DayReading {
	const dates = readSignatureDates(source);
	const doubtful = dates.find(({ problem }) => problem !== undefined);
	if (dates.length === 0) return { problem: 'the signatures bear no dates', steps: [] };
	if (doubtful) {
		return { problem: doubtful.problem ?? '', steps: [{ says: 'signature block', quote: doubtful.sentence.quote() }] };
	}
	const last = dates.reduce((latest, date) => ((date.day ?? '') > (latest.day ?? '') ? date : latest));
	const day = last.day ?? '';
	const steps: DerivationStep[] = [{ says: `last signature: ${day}`, quote: last.sentence.quote() }];
	return { day, steps };
}

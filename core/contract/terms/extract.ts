import type { ContractDocument, Term, TermExtractor } from '../../model';
import type { ContractLimits } from '../limits';
import { readDocument } from '../read';
import { findPassages, nearbyHeadings, type Passage, type Version } from './passage';
import { readTableTerm } from './table-value';
import { readDate, readNumber, readText, type Reading } from './value';

const READERS: Record<'number' | 'date' | 'text', (version: Version, passage: Passage) => Reading> = {
	number: readNumber,
	date: readDate,
	text: readText,
};

/** Reads the same term from every clause that bears the name: they have to agree. */
function readScalar(version: Version, type: 'number' | 'date' | 'text', name: string): Reading {
	const passages = findPassages(version.tree, name);
	if (passages.length === 0) {
		return { problem: `No clause or definition is called "${name}". ${nearbyHeadings(version.tree, name)}` };
	}
	const readings = passages.map((passage) => READERS[type](version, passage));
	const values = readings.filter((reading) => 'value' in reading);
	const first = values[0] ?? readings[0];
	const different = new Set(values.map((reading) => JSON.stringify(reading.value)));
	if (different.size > 1 && type !== 'text') {
		const shown = [...different].map((text) => String((JSON.parse(text) as { value: unknown }).value));
		const quote = first?.quote;
		return {
			problem: `Several clauses are called "${name}" and differ: ${shown.join(', ')}.`,
			...(quote ? { quote } : {}),
		};
	}
	return first ?? { problem: `The clause "${name}" is empty.` };
}

export function extractFrom(version: Version, extractors: Record<string, TermExtractor>): Record<string, Term> {
	return Object.fromEntries(
		Object.entries(extractors).map(([name, extractor]) => {
			const target = extractor.clause ?? extractor.schedule;
			const reading: Reading =
				target === undefined
					? { problem: `The extractor of the term "${name}" names neither clause nor schedule.` }
					: extractor.type === 'table'
						? readTableTerm(version, extractor)
						: readScalar(version, extractor.type, target);
			return [name, { name, ...reading }];
		}),
	);
}

/**
 * Reads named, typed values from a contract: numbers, ISO dates, texts, tables. Each term has a value with the sentence
 * it was read from, or a problem that says what a person has to look at. Nothing is guessed.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example extractTerms(document, { seats: { type: 'number', clause: 'Licensed Users' } }).seats?.value
 */
export function extractTerms(
	document: ContractDocument,
	extractors: Record<string, TermExtractor>,
	limits?: Partial<ContractLimits>,
): Record<string, Term> {
	return extractFrom({ tree: readDocument(document, limits), document }, extractors);
}

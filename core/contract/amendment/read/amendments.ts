import { contentId, DomainError, type ContractDocument, type Span } from '../../../model';
import { assertReadable, withLimits, type ContractLimits } from '../../limits';
import { withTightGuillemets } from '../text/guillemets';
import { isHardWrapped } from '../text/hard-wrap';
import { withTightMarks } from '../text/loose-quotes';
import { plainText, rawText } from '../text/plain';
import { PassageScan, QuoteScan } from '../text/quotes';
import { scanSentences } from '../text/sentences';
import { withDoubleQuotes } from '../text/single-quotes';
import { firstEndingBehind, joined, overlapsAny } from '../text/spans';
import type { Amendment, Instruction, Passage } from '../types';
import {
	cutTitle,
	findEffective,
	isAmendmentTitle,
	readAmendmentNumber,
	readAmendmentParties,
	readBaseReference,
	readSignedAt,
} from './header';
import { boundsOfLead, type Opening } from './bounds';
import { firstOrder } from './first-order';
import { readUnit } from './instructions';
import { readScope } from './limits';
import { limitsForegoing } from './afterthought';
import { joinedOver } from './page-break';
import { readParagraphs } from './paragraphs';
import { findRegions, type Regions } from './regions';
import { framingOf, otherSections, ownSentences, type Source } from './remainder';
import { addRights } from './rights';
import { unaccounted } from './unaccounted';
import { readUnits } from './units';

/**
 * Reads the amendments of a file, in their order, into instructions. Several amendments in one file are told apart by
 * their titles: behind signatures, or with another number. Deterministic, and linear but for the amending sentences themselves.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 */
export function readAmendments(given: ContractDocument, limits?: Partial<ContractLimits>): Amendment[] {
	const bounds = withLimits(limits);
	// Half a character has no JSON form, and so no id; its place in the text stays the same.
	const document = { ...given, text: given.text.toWellFormed() };
	assertSize(document.text, bounds.maxAmendmentCharacters);
	assertReadable(document.text, bounds);
	const plain = plainText(
		document.text,
		{ start: 0, end: document.text.length },
		document.format,
		!isHardWrapped(document.text),
	);
	const written = (at: number): string => document.text.charAt(plain.sourceAt(at));
	const tight = withTightMarks(withTightGuillemets(plain.text, written), written);
	const text = withDoubleQuotes(tight, (at) => written(at) === '\u2018');
	const paragraphs = readParagraphs(text, (at) => plain.sourceEnd(at + 1) - plain.sourceAt(at) >= 3);
	const source: Source = {
		document,
		text,
		paragraphs,
		passage: (span) => ({
			...joinedOver(plain.text, span, paragraphs, (part) => rawText(document.text, plain, part.start, part.end)),
			span: { start: plain.sourceAt(span.start), end: plain.sourceEnd(span.end) },
		}),
		place: ({ start, end }) => ({ start: plain.sourceAt(start), end: plain.sourceEnd(end) }),
	};
	return splitAmendments(source).map((span) => readOne(source, span));
}

function assertSize(text: string, maximum: number): void {
	if (text.length <= maximum) return;
	throw new DomainError(
		'INPUT_TOO_LARGE',
		`The amendment has ${text.length} characters; the limit maxAmendmentCharacters is ${maximum}.`,
		'Give the amendment alone, without the agreement it restates, or raise the limit maxAmendmentCharacters.',
		{ limit: 'maxAmendmentCharacters', maximum, actual: text.length },
	);
}

/** The first amendment of a file; a file without any gives one without instructions. */
export function readAmendment(document: ContractDocument, limits?: Partial<ContractLimits>): Amendment {
	const first = readAmendments(document, limits)[0];
	if (!first) throw new RangeError('A file always has at least one amendment.');
	return first;
}

/** A heading that gives another number than the one before: another amendment, signed or not. */
function isNextTitle(paragraph: string, number: string | undefined): boolean {
	if (number === undefined || paragraph.length > 200 || /[:;]$|\b(?:is|are|shall|hereby)\b/i.test(paragraph))
		return false;
	const own = readAmendmentNumber(paragraph);
	return own !== undefined && own !== number;
}

/** A title behind a signature, or with another number, begins another amendment; what stands before the first title is no amendment. */
function splitAmendments({ text, paragraphs }: Source): Span[] {
	const starts: number[] = [];
	let signed = true;
	let number: string | undefined;
	const quotes = new QuoteScan(text, 0, text.length);
	for (const paragraph of paragraphs) {
		if (paragraph.furniture) continue;
		const words = text.slice(paragraph.start, Math.min(paragraph.end, paragraph.start + 2_000));
		if (isAmendmentTitle(words) && (signed || isNextTitle(words, number)) && !quotes.holds(paragraph.start)) {
			starts.push(paragraph.start);
			signed = false;
			number = readAmendmentNumber(words.slice(0, 160));
		}
		const whole = text.slice(paragraph.start, paragraph.end);
		if (
			whole.includes('/s/') ||
			/\bin witness whereof\b/i.test(whole) ||
			/(?:^|\s)By:\s/.test(whole) ||
			whole.includes('/S/')
		)
			signed = true;
	}
	if (starts.length === 0) return [{ start: 0, end: text.length }];
	if (starts.length === 1 && startsEarly(text, starts[0] ?? 0)) starts[0] = 0;
	return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

function startsEarly(text: string, start: number): boolean {
	return start < 2_500 && !/\/s\/|\bin witness whereof\b/i.test(text.slice(0, start));
}

function readOne(source: Source, span: Span): Amendment {
	const { text } = source;
	const paragraphs = source.paragraphs.slice(
		firstEndingBehind(source.paragraphs, span.start),
		firstEndingBehind(source.paragraphs, span.end),
	);
	const titled = paragraphs.find(
		(paragraph) => !paragraph.furniture && isAmendmentTitle(text.slice(paragraph.start, paragraph.end)),
	);
	const regions = findRegions(text, span, paragraphs);
	const headText = text.slice(regions.head.start, regions.head.end);
	const title = titled ? cutTitle(text.slice(titled.start, titled.end)) : titleWithin(headText);
	const number =
		title === undefined ? undefined : (readAmendmentNumber(title) ?? readAmendmentNumber(firstNaming(headText)));
	const parties = readAmendmentParties(headText);
	const signedAt = readSignedAt(text.slice(regions.signature.start, regions.signature.end));
	const units = readUnits(text, regions.operative, paragraphs);
	const numbered = units.some((unit) => unit.number !== undefined);
	const around = {
		text,
		paragraphs,
		numbered,
		quotes: new PassageScan(),
		parties,
		passage: source.passage,
		attachment: (label: string, labelled: boolean) => attachment(source, regions, label, labelled),
	};
	const lead: Opening = { bounds: boundsOfLead(text, { start: span.start, end: regions.operative.start }) };
	let open: Opening | undefined = lead;
	const sections = units.map((unit) => {
		const { instructions: found, ...rest } = readUnit(unit, around, open);
		if (unit.number === undefined) open = rest.open ?? lead;
		return { unit, instructions: [...found, ...addRights(unit, around, found)] };
	});
	const read = sections.flatMap((section) => section.instructions);
	const effective = findEffective(text, ownSentences(source, { start: span.start, end: regions.operative.end }, read));
	const untold = sections.flatMap((section) => unaccounted(section.unit, around, section.instructions));
	const inOrder = [...read, ...untold].sort((a, b) => a.span.start - b.span.start);
	const others = otherSections(source, sections);
	const amendment: Omit<Amendment, 'id'> = {
		...(title !== undefined ? { title } : {}),
		...(number !== undefined ? { number } : {}),
		parties,
		base: readBaseReference(headText.slice(title?.length ?? 0)),
		...(signedAt !== undefined ? { signedAt } : {}),
		...(effective ? { effective: source.passage(effective) } : {}),
		...amendmentScope(text, span, regions),
		instructions: inOrder,
		otherSections: others,
		attachments: regions.attachments.map(({ label, span: place }) => {
			const passage = source.passage(place);
			return { label, text: passage.text, span: passage.span };
		}),
		needsHuman: humanNeeds(inOrder, others, firstOrder(text, regions.signature) !== undefined),
		framing: framingOf(source.document.text, source.place(span), inOrder),
		source: source.document.text.slice(source.place(span).start, source.place(span).end),
		format: source.document.format,
		span: source.place(span),
	};
	return { id: contentId('amd', { title, number, text: text.slice(span.start, span.end) }), ...amendment };
}

function titleWithin(head: string): string | undefined {
	const match =
		/\b((?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) amendment(?: to [^("\n,.]{3,80})?|amendment\s*(?:no\.?|number|#|n\u00b0)\s*\d{1,3}(?: to [^("\n,.]{3,80})?)/i.exec(
			head.slice(0, 3_000),
		);
	return (
		(match?.[1] === undefined ? undefined : cutTitle(match[1])) ??
		(/^\s*(amendment)\s*$/im.exec(head.slice(0, 3_000))?.[1] !== undefined ? 'Amendment' : undefined)
	);
}

function firstNaming(head: string): string {
	return /\bthis\s+(?:\w+\s+)?amendment\b[^("\n]{0,24}/i.exec(head)?.[0] ?? '';
}

function attachment(source: Source, regions: Regions, label: string, labelled: boolean): Passage | undefined {
	const wanted = regions.attachments.filter((one) => one.label.toLowerCase() === label.toLowerCase());
	return wanted.length === 1 && wanted[0] ? source.passage(labelled ? wanted[0].span : wanted[0].body) : undefined;
}

/** Limits the whole amendment sets itself; what it tells of an earlier amendment does not count. */
function amendmentScope(text: string, span: Span, regions: Regions): Pick<Amendment, 'scope' | 'scopeFrom'> {
	for (const { start, end } of scanSentences(text, regions.operative.start, regions.operative.end).spans) {
		const sentence = text.slice(start, end);
		if (!/^(?:\d+\.\s+)?(?:this|the) (?:\w+ )?amendment\b/i.test(sentence.replace(/^[^.]{0,40}\. /, ''))) continue;
		const scope = readScope(sentence);
		if (scope !== undefined) return { scope, scopeFrom: 'order' };
	}
	const before = scanSentences(text, span.start, regions.operative.start).spans;
	for (const { start, end } of before) {
		const sentence = text.slice(start, end);
		for (const part of sentence.split(/;\s+(?:and\s+)?(?=WHEREAS)|;\s/)) {
			if (!/\bamend/i.test(part) || /\b(?:were|was|has been|have been) amended\b/i.test(part)) continue;
			const scope = readScope(part);
			if (scope !== undefined)
				return { scope, scopeFrom: /\bwhereas\b|\bdesires?\b|\bwish(?:es)?\b/i.test(part) ? 'recital' : 'order' };
		}
	}
	return {};
}

function humanNeeds(
	instructions: readonly Instruction[],
	others: Amendment['otherSections'],
	ordersBehind: boolean,
): Amendment['needsHuman'] {
	const needs: Amendment['needsHuman'] = instructions.flatMap(({ id, needsHuman }) =>
		needsHuman ? [{ instructionId: id, reason: needsHuman.reason }] : [],
	);
	const told = joined(instructions.map(({ span }) => span));
	for (const { number, text, span } of others) {
		const section = number === undefined ? 'A section' : `Section ${number}`;
		if (overlapsAny(told, span)) continue;
		if (
			/\bmutatis mutandis\b|\b(?:conforming|consequential|corresponding) changes\b|sinngemäß|par analogie/i.test(text)
		)
			needs.push({ reason: `${section} of it changes what it does not name ("mutatis mutandis" or its kin).` });
		if (limitsForegoing(text)) needs.push({ reason: `${section} of it limits what others of it order.` });
	}
	if (ordersBehind) needs.push({ reason: 'Behind its signatures stands what orders a change.' });
	return instructions.length === 0 && needs.length === 0 ? [{ reason: 'No instruction was found in it.' }] : needs;
}

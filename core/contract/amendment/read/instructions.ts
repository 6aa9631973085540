import { contentId, type Span } from '../../../model';
import { HAZARDS, SCOPES } from '../grammar/hazards';
import type { Draft, Words } from '../grammar/draft';
import type { Instruction, Passage, Target } from '../types';
import { firstEndingBehind } from '../text/spans';
import { readDates } from './dates';
import { readHead, type Head } from './head';
import type { Paragraph } from './paragraphs';
import { readPayload, type Payload } from './payload';
import type { Unit } from './units';

/** What reading one section needs to know of the amendment around it. */
export interface Surroundings {
	text: string;
	paragraphs: readonly Paragraph[];
	numbered: boolean;
	parties: readonly string[];
	/** Turns offsets of the plain text into a passage of the source. */
	passage: (span: Span) => Passage;
	/** @param labelled with its label, where it takes the place of one of the same name */
	attachment: (label: string, labelled: boolean) => Passage | undefined;
}

/** Instructions of one section, in their order; empty where it holds none. */
export function readUnit(unit: Unit, around: Surroundings): Instruction[] {
	const found: Instruction[] = [];
	const { text, paragraphs } = around;
	let frame: Target | undefined;
	for (let at = skip(unit.body, unit.end, around); at < unit.end;) {
		const limit = Math.min(unit.end, headingBreak(text, at, unit.end));
		const head = readHead(text, at, limit, frame);
		if (head.frame) frame = head.frame;
		const taking = head.drafts.filter((draft) => draft.takes !== undefined);
		const payload = taking.length > 0 ? readPayload(text, head.end, unit.end, paragraphs, around.numbered) : undefined;
		for (const draft of head.drafts.flatMap((one) => eachSchedule(one, around))) {
			const own = draft === taking.at(-1) ? payload : undefined;
			found.push(instruction(draft, head, own, unit, around));
		}

		const next = payload ? payload.end : head.drafts.length > 0 || head.frame ? head.end : head.sentence;
		at = skip(Math.max(next, at + 1), unit.end, around);
	}
	return found;
}

/** `2.1 Clause 12 - PAYMENT TERMS (i) Clause 12.1 is deleted …`: the heading ends where the lettered part begins. */
function headingBreak(text: string, at: number, end: number): number {
	const match = /^[^\n:"]{3,160}? (?=\((?:i|a)\) \p{Lu})/u.exec(text.slice(at, Math.min(end, at + 200)));
	if (!match || /\b(?:is|are|shall|hereby|be|by)\b/.test(match[0])) return end;
	return at + match[0].length;
}

function skip(from: number, end: number, { text, paragraphs }: Surroundings): number {
	let at = from;
	for (;;) {
		while (at < end && /\s/.test(text.charAt(at))) at++;
		const here = paragraphs[firstEndingBehind(paragraphs, at)];
		if (at >= end || !here?.furniture || here.start > at) return at;
		at = here.end;
	}
}

function instruction(
	draft: Draft,
	head: Head,
	payload: Payload | undefined,
	unit: Unit,
	around: Surroundings,
): Instruction {
	const { text } = around;
	const words = (one: Words): Passage => around.passage({ start: one.start, end: one.end });
	const attached =
		draft.attached === undefined ? undefined : around.attachment(draft.attached, isNamesake(draft, draft.attached));
	const taken = payload ? balanced(around.passage(payload.inner)) : undefined;
	const fresh = draft.takes === 'new' ? taken : draft.new ? heldBy(words(draft.new), draft) : attached;
	const old = draft.takes === 'old' ? taken : draft.old ? words(draft.old) : undefined;
	const span = around.passage({ start: head.start, end: Math.max(head.end, payload?.end ?? 0) }).span;
	const quote = text.slice(head.start, head.end).trim();
	const reason = hazard(quote) ?? draft.reason ?? missing(draft, fresh) ?? payload?.unsure ?? cutShort(unit, payload);
	const notes = [...draft.notes, ...(payload?.notes ?? [])];
	const made: Omit<Instruction, 'id'> = {
		kind:
			draft.kind === 'rename_term' && draft.old && isPartyName(draft.old.text, around.parties)
				? 'rename_party'
				: draft.kind,
		target: draft.target,
		...(old ? { old } : {}),
		...(fresh ? { new: fresh } : {}),
		...(draft.position ? { position: draft.position } : {}),
		...limits(text.slice(head.start, head.end)),
		...(head.intro ? { effective: around.passage(head.intro) } : {}),
		...(unit.number !== undefined ? { section: unit.number } : {}),
		span,
		quote,
		confidence: confidenceOf(draft, payload, notes),
		notes,
		...(reason !== undefined ? { needsHuman: { reason } } : {}),
	};
	return {
		id: contentId('ins', {
			kind: made.kind,
			target: made.target,
			old: old?.text,
			new: fresh?.text,
			quote,
			at: head.start,
		}),
		...made,
	};
}

/** `New Exhibits D-1 and D-2, as set forth in Schedule 2`: an instruction each, with the exhibit's own text where the file has it. */
function eachSchedule(draft: Draft, around: Surroundings): Draft[] {
	const adds = draft.target.adds ?? [];
	if (draft.kind !== 'add_schedule' || draft.attached === undefined || adds.length < 2) return [draft];
	return adds.map((place): Draft => {
		const step = place.steps.at(-1);
		const own = step?.by === 'schedule' ? `${step.word} ${step.label}` : '';
		const there = around.attachment(own, true) !== undefined;
		return {
			...draft,
			target: { ...draft.target, adds: [place] },
			...(there ? { attached: own } : { reason: `${own} does not stand in this file under its name.` }),
		};
	});
}

/** Whether the attachment bears the name of the schedule that it replaces or adds. */
function isNamesake({ target }: Draft, attached: string): boolean {
	return [...target.places, ...(target.adds ?? [])].some(({ steps }) => {
		const step = steps.at(-1);
		return step?.by === 'schedule' && `${step.word} ${step.label}`.toLowerCase() === attached.toLowerCase();
	});
}

function heldBy(passage: Passage, { placeholder }: Draft): Passage {
	return placeholder === undefined ? passage : { ...passage, text: placeholder, raw: placeholder };
}

/** A closing mark too many at the end: `"GDP" means … as amended."`. */
function balanced(passage: Passage): Passage {
	const marks = passage.text.split('"').length - 1;
	if (!passage.text.endsWith('"') || marks % 2 === 0) return passage;
	const span = { start: passage.span.start, end: passage.span.end - 1 };
	return { text: passage.text.slice(0, -1), raw: passage.raw.slice(0, -1), span };
}

const PLACELESS = new Set([
	'extend',
	'terminate',
	'add_rights',
	'rename_term',
	'rename_party',
	'add_schedule',
	'add_definition',
	'renumber',
	'suspend',
]);

/** Text without quotation marks that ends where a number follows that may be its own. */
function cutShort(unit: Unit, payload: Payload | undefined): string | undefined {
	if (unit.doubtful !== true || !payload || payload.quoted || payload.end < unit.end - 2) return undefined;
	return 'The new text is not in quotation marks and may go on behind the next number.';
}

function missing(draft: Draft, fresh: Passage | undefined): string | undefined {
	if (draft.target.places.length === 0 && (draft.target.adds ?? []).length === 0 && !PLACELESS.has(draft.kind))
		return 'It does not say which clause it changes.';
	if (draft.attached !== undefined && draft.target.adds?.[0]?.steps.at(-1)?.by === 'heading')
		return `Which part of ${draft.attached} it means has to be decided by a person.`;
	if (draft.attached !== undefined && (draft.target.adds ?? []).length > 1)
		return `Several new parts stand in ${draft.attached}.`;
	if (draft.attached !== undefined && !fresh)
		return `The new text is said to stand in ${draft.attached}, which is not in this file.`;
	if (draft.takes === 'new' && (!fresh || fresh.text.trim() === ''))
		return 'The new text was not found behind the instruction.';
	return undefined;
}

function hazard(quote: string): string | undefined {
	const bare = quote
		.replace(/"[^"]*"/g, '""')
		.replace(/\bsubject to (?:the terms(?: and conditions)? of )?this (?:\w+ )?amendment\b/gi, '')
		.replace(/\bunless (?:sooner|earlier|otherwise) terminated\b/gi, '');
	if (/^except (?:as|for)\b/i.test(bare)) return undefined;
	return HAZARDS.find(([pattern]) => pattern.test(bare))?.[1];
}

/** Scope and end of an instruction, in its own words. */
function limits(quote: string): Pick<Instruction, 'scope' | 'until'> {
	const bare = quote.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	const scope = readScope(bare);
	const temporary =
		/\b(?:temporarily|for the period (?:from|commencing|beginning)|during the period (?:of|from|beginning|commencing)|until|through and including|shall expire on|expiring on|ending on)\b/i.exec(
			bare,
		);
	const dates = temporary ? readDates(bare.slice(temporary.index)) : [];
	const until =
		temporary && !/\bextended\b/i.test(bare)
			? (dates.at(-1)?.value ?? bare.slice(temporary.index).split(/[,;:]/)[0]?.trim())
			: undefined;
	return { ...(scope !== undefined ? { scope } : {}), ...(until !== undefined ? { until } : {}) };
}

/** `solely with respect to Accounts that …`, as far as the clause goes. */
export function readScope(sentence: string): string | undefined {
	const match = SCOPES.exec(sentence);
	if (!match) return undefined;
	const rest = sentence.slice(match.index);
	const stop =
		/,? (?:to provide|is hereby|are hereby|shall be|is amended|to read)\b|[;:]|\.(?:\s|$)|, (?:as follows|by)\b|, (?=(?:the )?(?:sections?|clauses?|articles?|paragraphs?|exhibits?|schedules?|definitions?|first|second|last)\b)/i.exec(
			rest,
		);
	return rest.slice(0, stop ? stop.index : 400).replace(/[,\s]+$/, '');
}

function isPartyName(words: string, parties: readonly string[]): boolean {
	if (parties.some((party) => party.toLowerCase() === words.toLowerCase())) return true;
	return /\b(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Company|GmbH|AG|plc|PLC|LLP|L\.P|S\.A|B\.V|N\.V)\b\.?$/.test(words);
}

function confidenceOf(draft: Draft, payload: Payload | undefined, notes: readonly string[]): number {
	let confidence = 1;
	if (payload && !payload.quoted) confidence -= 0.05;
	if (notes.length > 0) confidence -= 0.1;
	if (draft.reason !== undefined) confidence -= 0.4;
	return Math.round(confidence * 100) / 100;
}

import { contentId } from '../../../model';
import type { Draft, Words } from '../grammar/draft';
import { ordersChange } from '../grammar/ordering';
import type { Instruction, Passage } from '../types';
import { firstEndingBehind } from '../text/spans';
import { type Bounds, boundsOf, type Opening, within } from './bounds';
import { afterthought } from './afterthought';
import { type ChangeTable, readChangeTable } from './change-table';
import { readDates } from './dates';
import { eachDefinition, eachSchedule } from './each';
import { contradiction } from './figures';
import { readHead, type Head } from './head';
import { hazard, limits, unexplained } from './limits';
import { cutShort, missing } from './missing';
import { readPayload, type Payload } from './payload';
import { datingIntro, findOwnDay, unclearDay } from './own-day';
import { balanced, unopened } from './passage-marks';
import { withoutRow } from './row-of';
import type { Surroundings } from './surroundings';
import type { Unit } from './units';

/** Instructions of one section, in their order; empty where it holds none. `open`: the place that the next sections amend. */
export interface UnitReading {
	instructions: Instruction[];
	open?: Opening;
}

/** @param inherited what the words before the first section say of where the sections amend */
export function readUnit(unit: Unit, around: Surroundings, inherited?: Opening): UnitReading {
	const found: Instruction[] = [];
	const { text } = around;
	let frame = inherited?.target;
	let bounds: Bounds = inherited?.bounds ?? {};
	let opening: string | undefined;
	let opened: { head: Head; count: number } | undefined;
	const told = (head: Head, end: number): void => {
		const unread: Draft = { kind: 'supplement', target: { places: [] }, notes: [], reason: UNREAD, unread: true };
		found.push(instruction(unread, { ...head, end }, undefined, unit, around));
	};
	const closeFrame = (): void => {
		if (opened?.count === found.length) told(opened.head, opened.head.end);
		opened = undefined;
	};
	for (let at = skip(unit.body, unit.end, around); at < unit.end;) {
		const limit = Math.min(unit.end, headingBreak(text, at, unit.end));
		const head = readHead(text, at, limit, frame);
		if (head.frame) frame = head.frame;
		if (head.frame && head.drafts.length === 0) {
			opening = text.slice(head.start, head.end);
			bounds = { ...bounds, ...boundsOf(head, around) };
		}
		const table = head.drafts.some(({ unread }) => unread !== true)
			? undefined
			: readChangeTable(skip(head.end, unit.end, around), unit.end, around, frame);
		if (table) {
			found.push(...table.rows.map((row) => within(tableRow(row, head, unit, around), bounds)));
			at = skip(table.end, unit.end, around);
			continue;
		}
		if (head.drafts.length === 0 && found.length > 0) afterthought(found, head, around);
		if (head.drafts.length === 0 && head.frame) opened = { head, count: found.length };
		else if (head.drafts.length === 0 && ordersChange(text.slice(at, head.sentence))) told(head, head.sentence);
		const taking = head.drafts.filter((draft) => draft.takes !== undefined);
		const payload = taking.length > 0 ? readPayload(text, head.end, unit.end, around) : undefined;
		const drafts = taking.length > 0 ? head.drafts : head.drafts.map((one) => withoutPassage(one, head, text));
		for (const draft of drafts.flatMap((one) => eachSchedule(one, around))) {
			const own = draft === taking.at(-1) ? payload : undefined;
			found.push(
				...eachDefinition(draft, own, around).map((one) =>
					within(instruction(one.draft, head, one.payload, unit, around), bounds),
				),
			);
		}

		const next = payload ? payload.end : head.drafts.length > 0 || head.frame ? head.end : head.sentence;
		at = skip(Math.max(next, at + 1), unit.end, around);
	}
	if (opening !== undefined) for (const one of found) if (one.quote !== opening) one.opening = opening;
	if (unit.number === undefined && around.numbered && opened?.count === found.length && frame)
		return { instructions: found, open: { target: frame, bounds } };
	closeFrame();
	return { instructions: found };
}

/** A row of a table of changes, limited and dated by the sentence above the table. */
function tableRow(
	{ draft, start, end }: ChangeTable['rows'][number],
	head: Head,
	unit: Unit,
	around: Surroundings,
): Instruction {
	const above = around.text.slice(head.start, head.end);
	const dated = datingIntro(around.text, head.intro) ?? findOwnDay(around.text, { start: head.body, end: head.end });
	const reason = hazard(above) ?? draft.reason ?? unexplained(above);
	const order = {
		...draft,
		...(dated ? { dated: { ...dated, text: '' } } : {}),
		...(reason === undefined ? {} : { reason }),
	};
	return {
		...instruction(order, { ...head, start, end, body: start }, undefined, unit, around),
		...limitsOf(draft, above),
	};
}

/** A colon that new text stands behind, and an instruction that takes none. */
function withoutPassage(draft: Draft, head: Head, text: string): Draft {
	const open =
		head.frame === undefined && text.charAt(head.end - 1) === ':' && /^\s*"/.test(text.slice(head.end, head.end + 8));
	return open && draft.reason === undefined
		? { ...draft, reason: 'What is to be done with the text behind it was not understood.' }
		: draft;
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
	const taken = payload ? unopened(balanced(around.passage(payload.inner))) : undefined;
	const fresh = draft.takes === 'new' ? taken : draft.new ? heldBy(words(draft.new), draft) : attached;
	const old = draft.takes === 'old' ? taken : draft.old ? words(draft.old) : undefined;
	const span = around.passage({ start: head.start, end: Math.max(head.end, payload?.end ?? 0) }).span;
	const quote = text.slice(head.start, head.end).trim();
	const about = isAboutDays(draft);
	const dated =
		draft.dated ??
		datingIntro(text, head.intro) ??
		(about ? undefined : findOwnDay(text, { start: head.body, end: head.end }));
	const limited = limitsOf(draft, text.slice(head.start, head.end));
	const reason =
		hazard(withoutRow(quote, draft)) ??
		draft.reason ??
		missing(draft, fresh) ??
		payload?.unsure ??
		cutShort(unit, payload) ??
		(draft.kind === 'add_column' ? undefined : unexplained(withoutRow(quote, draft))) ??
		unclearDay(
			text,
			{ start: head.body, end: head.end },
			{ dated, until: limited.until, about: head.drafts.some(isAboutDays) },
		) ??
		contradiction(fresh?.text ?? '');
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
		...(draft.measure ? { measure: draft.measure } : {}),
		...limited,
		...(dated ? { effective: around.passage(dated) } : {}),
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

/** The days that it names are what it changes: they neither date nor end what the sentence orders. */
function isAboutDays({ kind, old }: Draft): boolean {
	return (
		kind === 'extend' || kind === 'terminate' || (kind === 'change_value' && readDates(old?.text ?? '').length > 0)
	);
}

function limitsOf(draft: Draft, quote: string): ReturnType<typeof limits> {
	const { until, ...rest } = limits(quote);
	return until === undefined || isAboutDays(draft) ? rest : { ...rest, until };
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

const UNREAD = 'It orders a change in a way that was not understood.';

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

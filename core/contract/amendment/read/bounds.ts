import type { Span } from '../../../model';
import type { Instruction, Target } from '../types';
import type { Head } from './head';
import { hazard, limits, unexplained } from './limits';
import { datingIntro, findOwnDay, unclearDay } from './own-day';
import type { Surroundings } from './surroundings';

/** What a sentence that opens others says of when and for whom all of them hold. */
export interface Bounds extends Pick<Instruction, 'scope' | 'until' | 'effective'> {
	/** Why a person has to decide. */
	reason?: string;
}

/** The place that the next sections amend, and within which bounds. */
export interface Opening {
	target?: Target;
	bounds: Bounds;
}

/** `For the Berlin site, Section 4 is amended as follows:`: it bounds what stands behind the colon. */
export function boundsOf(head: Head, { text, passage }: Surroundings): Bounds {
	const quote = text.slice(head.start, head.end);
	const sentence = { start: head.body, end: head.end };
	const day = datingIntro(text, head.intro) ?? findOwnDay(text, sentence);
	const limited = limits(quote);
	const reason =
		hazard(quote) ??
		unexplained(quote) ??
		unclearDay(text, sentence, { dated: day, until: limited.until, about: false });
	return {
		...limited,
		...(day ? { effective: passage(day) } : {}),
		...(reason === undefined ? {} : { reason }),
	};
}

/** An instruction within the bounds of what stands above it; its own go before. */
export function within(one: Instruction, { reason, ...bounds }: Bounds): Instruction {
	return { ...bounds, ...one, ...(reason === undefined || one.needsHuman ? {} : { needsHuman: { reason } }) };
}

const LEAD_LENGTH = 600;
const LIMITED_LEAD =
	/(?:^|[,.]\s+|\bagree[sd]?,?\s+(?:that,?\s+)?)(?:(?:solely|only)\s+)?(?:for (?!good|value|valuable|other|and|the (?:avoidance|purposes? of|consideration|mutual|foregoing|reasons?))|in respect of|with respect to|as regards|in relation to|limited to|with regard to|subject to (?!the terms|this|and)|conditional|unless|if|once|in the event|provided|as (?:long|soon) as|für |soweit|sofern|falls|vorbehaltlich|hinsichtlich|bezüglich|sous réserve|à condition|uniquement|en ce qui concerne|si )[^,.;:]{2,160}(?:[,:]|\s+(?:the parties|die parteien|les parties))/iu;

/** `For the Berlin site only, the parties agree as follows:`: it bounds all that is ordered. */
export function boundsOfLead(text: string, { start, end }: Span): Bounds {
	const lead = text.slice(Math.max(start, end - LEAD_LENGTH), end);
	const sentence = lead.slice(lead.lastIndexOf('\n', lead.trimEnd().length - 1) + 1).trim();
	const limited = LIMITED_LEAD.exec(sentence);
	return limited && limited.index < 80
		? { reason: `The words that open the amendment limit it: "${limited[0].replace(/^\W+/, '').slice(0, 80)}".` }
		: {};
}

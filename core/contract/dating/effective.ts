import type { ContractDocument, Effective, Quote } from '../../model';
import { addDays, dayParts } from './calendar';
import { ContractDays } from './days';
import {
	readEffectStatements,
	readExpiry,
	readStretch,
	unclearEffect,
	type EffectStatement,
	type Expiry,
} from './effect-clause';
import type { ContractLimits } from '../limits';
import type { DayReading, DerivationStep } from './resolve';
import { readScope } from './effect-scope';
import { ContractSource } from './source';
import { startOfDay } from './instant';

export interface EffectiveInput {
	/** The amendment, as a document or as bare text. */
	document?: ContractDocument;
	text?: string;
	/** When it was signed: an ISO day or instant, where that is known from elsewhere. */
	signedAt?: string;
	/** When we learnt of it (ISO instant). */
	knownAt: string;
	/** The agreement that it amends: days that the amendment names and does not define are looked up there. */
	base?: ContractDocument;
	/** IANA zone in which days begin; UTC without it. */
	zone?: string;
	limits?: Partial<ContractLimits>;
}

export interface EffectiveReading {
	effective: Effective;
	/** To whom or what the amendment limits itself, in its own words. */
	scope?: string;
	/** From when (ISO instant) the text as it was before holds again. */
	revert?: { at: string; quote: Quote };
	/** How the days were worked out, for people who check them. */
	steps: DerivationStep[];
	/** What a person has to look at; where it is not empty, `effective` may rest on `knownAt` alone. */
	problems: string[];
}

interface Found {
	day: string;
	basis: Effective['basis'];
	quote?: Quote;
}

class EffectiveReader {
	readonly problems: string[] = [];
	readonly steps: DerivationStep[] = [];

	constructor(private readonly days: ContractDays) {}

	/** The first of these that says something: a clause, a defined day, the date it bears, its signatures. */
	from(): Found | undefined {
		const statements = readEffectStatements(this.days);
		if (statements.length > 0) return this.#agreed(statements);
		return this.#stretch() ?? this.#defined() ?? this.#dated() ?? this.#signed();
	}

	/** When it ends by itself. */
	until(): Expiry | undefined {
		const stated = readExpiry(this.days);
		const stretch = stated ? undefined : readStretch(this.days);
		if (!stretch) return stated;
		const read = this.days.resolve(stretch.until);
		const told = 'day' in read ? { day: read.day } : { problem: read.problem };
		return { ...told, quote: stretch.quote, steps: read.steps };
	}

	#stretch(): Found | undefined {
		const stretch = readStretch(this.days);
		const day = stretch && this.#read(this.days.resolve(stretch.from));
		return stretch && day !== undefined ? { day, basis: 'stated', quote: stretch.quote } : undefined;
	}

	#read(read: DayReading): string | undefined {
		for (const step of read.steps) if (!this.steps.includes(step)) this.steps.push(step);
		if ('day' in read) return read.day;
		if (!this.problems.includes(read.problem)) this.problems.push(read.problem);
		return undefined;
	}

	#agreed(statements: EffectStatement[]): Found | undefined {
		const found = statements.flatMap((statement): Found[] => {
			const read = statement.signature ? this.days.signatureDate() : this.days.resolve(statement.expression);
			const day = this.#read(read);
			return day === undefined
				? []
				: [{ day, basis: statement.signature ? 'signature' : 'stated', quote: statement.quote }];
		});
		const days = new Set(found.map(({ day }) => day));
		if (days.size > 1) {
			this.problems.push(`the amendment names several days from which it holds: ${[...days].join(', ')}`);
			return undefined;
		}
		return found.length === statements.length || this.problems.length === 0 ? found[0] : undefined;
	}

	#defined(): Found | undefined {
		for (const label of ['Amendment Effective Date', 'Effective Date', 'Amendment Date']) {
			const own = this.days.definitions.get(label.toLowerCase())?.filter(({ manner }) => manner === 'explicit');
			const first = own?.[0];
			if (!first) continue;
			const day = this.#read(this.days.dayOf(label));
			return day === undefined ? undefined : { day, basis: 'stated', quote: first.sentence.quote() };
		}
		return undefined;
	}

	#dated(): Found | undefined {
		if (this.problems.length > 0) return undefined;
		const [first] = this.days.documentDates;
		if (!first) return undefined;
		const day = this.#read(this.days.resolve({ kind: 'anchor', name: 'date of this document', words: 'its date' }));
		if (day === undefined) return undefined;
		return { day, basis: first.asOf ? 'stated' : 'signature', quote: first.sentence.quote(first.start, first.end) };
	}

	#signed(): Found | undefined {
		if (this.problems.length > 0) return undefined;
		const read = this.days.signatureDate();
		if ('problem' in read) return undefined;
		const day = this.#read(read);
		const quote = read.steps.find((step) => step.quote)?.quote;
		return day === undefined ? undefined : { day, basis: 'signature', ...(quote ? { quote } : {}) };
	}
}

/**
 * From when an amendment holds, until when, and for whom. Days become instants at midnight in `zone`; `until` is the
 * first instant at which it holds no more. Where nothing is said, it holds from the moment we learnt of it (`unstated`);
 * where something is said that cannot be told, likewise, and `problems` says why.
 * @throws DomainError INPUT_TOO_LARGE, DOCUMENT_UNREADABLE
 * @example readEffective({ text: 'This Amendment is effective as of 1 May 2026. …', knownAt }).effective.from
 */
export function readEffective(input: EffectiveInput): EffectiveReading {
	const source = input.document
		? new ContractSource(input.document, undefined, input.limits)
		: ContractSource.ofText(input.text ?? '', input.limits);
	const base = input.base ? new ContractDays(new ContractSource(input.base, undefined, input.limits)) : undefined;
	const signedAt = input.signedAt?.slice(0, 10);
	const days = new ContractDays(source, {
		...(signedAt !== undefined && dayParts(signedAt) ? { signedAt } : {}),
		...(base ? { base } : {}),
	});
	const reader = new EffectiveReader(days);
	const found = reader.from();
	const unclear = found || reader.problems.length > 0 ? undefined : unclearEffect(days);
	if (unclear) reader.problems.push(`"${unclear.text}" does not say clearly that the amendment holds from then`);
	const zone = input.zone ?? 'UTC';
	const expiry = reader.until();
	if (expiry?.problem !== undefined) reader.problems.push(expiry.problem);
	if (expiry) reader.steps.push(...expiry.steps);
	const end = expiry?.day === undefined ? undefined : addDays(expiry.day, 1);
	const from = found ? startOfDay(found.day, zone) : input.knownAt;
	const until = end === undefined ? undefined : startOfDay(end, zone);
	if (until !== undefined && until <= from) reader.problems.push('the amendment ends before it begins');
	const scope = readScope(days);
	return {
		effective: {
			knownAt: input.knownAt,
			from,
			...(until !== undefined ? { until } : {}),
			retroactive: found !== undefined && from < startOfKnownDay(input.knownAt, zone),
			basis: found?.basis ?? 'unstated',
			...(found?.quote ? { quote: found.quote } : {}),
		},
		...(scope !== undefined ? { scope } : {}),
		...(until !== undefined && expiry ? { revert: { at: until, quote: expiry.quote } } : {}),
		steps: reader.steps,
		problems: reader.problems,
	};
}

/** An amendment that holds from this morning and is learnt of at noon is not retroactive. */
function startOfKnownDay(knownAt: string, zone: string): string {
	return startOfDay(knownAt, zone);
}

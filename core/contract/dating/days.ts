import { anchorKey, KnownNames } from './anchor-name';
import { readDayDefinitions, type DayDefinition } from './definitions';
import { isAmendment, readDocumentDates, type DocumentDate } from './document-date';
import { DATE_OF_DOCUMENT, INITIAL_TERM_END, SIGNATURE_DATE, TERM_END, type DateExpression } from './expression';
import { readPeriod, type ContractPeriod } from './period';
import { ExpressionReader } from './read-expression';
import { ExpressionResolver, type DayReading, type DerivationStep } from './resolve';
import { lastSignature } from './signature';
import { dayParts } from './calendar';
import { TokenList } from './token';
import type { ContractSource, SourceSentence } from './source';

type Anchor = Extract<DateExpression, { kind: 'anchor' }>;

export interface DaysOptions {
	/** Day of signature (`YYYY-MM-DD`), where it is known from elsewhere, e.g. a signing service. */
	signedAt?: string;
	/** The agreement that an amendment changes: its days hold where the amendment defines none of that name. */
	base?: ContractDays;
	/** Up to this day a contract that renews itself has renewed; without it the initial term counts. */
	asOf?: string;
}

const MOST_NESTED = 40;

/** The days that a contract defines, and what descriptions of days in it come to. */
export class ContractDays {
	readonly own: 'amendment' | 'agreement';
	readonly #resolver: ExpressionResolver;
	readonly #known = new Map<string, DayReading>();
	#definitions: Map<string, DayDefinition[]> | undefined;
	#names: KnownNames | undefined;
	#period: ContractPeriod | undefined;
	#readingPeriod = false;
	#documentDates: DocumentDate[] | undefined;

	constructor(
		readonly source: ContractSource,
		readonly options: DaysOptions = {},
	) {
		this.own = isAmendment(source) ? 'amendment' : 'agreement';
		this.#resolver = new ExpressionResolver((anchor, pending) => this.#lookup(anchor, pending));
	}

	/** Reads descriptions of days in a text of this contract. */
	reader(text: string): ExpressionReader {
		return new ExpressionReader(new TokenList(text), this.names);
	}

	/** The names that are days here or in the agreement that this one amends. */
	get names(): KnownNames {
		this.#names ??= new KnownNames(new Set([...this.definitions.keys(), ...(this.options.base?.names.names ?? [])]));
		return this.#names;
	}

	get definitions(): ReadonlyMap<string, DayDefinition[]> {
		this.#definitions ??= readDayDefinitions(this.source, this.own);
		return this.#definitions;
	}

	get documentDates(): DocumentDate[] {
		this.#documentDates ??= readDocumentDates(this.source, this.own, this.names);
		return this.#documentDates;
	}

	/** The term of the contract: its beginning, its end, and how it renews. */
	get period(): ContractPeriod {
		if (this.#period) return this.#period;
		this.#readingPeriod = true;
		this.#period = readPeriod(this);
		this.#readingPeriod = false;
		return this.#period;
	}

	resolve(expression: DateExpression, pending?: ReadonlySet<string>): DayReading {
		return this.#resolver.resolve(expression, pending);
	}

	/** The day that a name stands for, e.g. `Effective Date`. */
	dayOf(label: string): DayReading {
		return this.resolve({ kind: 'anchor', name: anchorKey(label), words: label });
	}

	#lookup(anchor: Anchor, pending: ReadonlySet<string>): DayReading {
		if (pending.size > MOST_NESTED) return { problem: `"${anchor.words}" is defined over too many steps`, steps: [] };
		const { base } = this.options;
		if (anchor.document === 'base' && this.own === 'amendment') {
			if (base) return base.resolve({ kind: 'anchor', name: anchor.name, words: anchor.words });
			return { problem: `"${anchor.words}" stands in the agreement that is amended`, steps: [] };
		}
		const key = `${anchor.document ?? ''} ${anchor.name}`;
		const known = this.#known.get(key);
		if (known) return known;
		const read = this.#find(anchor, pending);
		// The end of the term is not known yet while it is being read.
		if (!this.#readingPeriod) this.#known.set(key, read);
		return read;
	}

	#find(anchor: Anchor, pending: ReadonlySet<string>): DayReading {
		if (anchor.name === DATE_OF_DOCUMENT) return this.#dateOfDocument(pending);
		if (anchor.name === SIGNATURE_DATE) return this.signatureDate();
		if (anchor.name === TERM_END || anchor.name === INITIAL_TERM_END) return this.#termEnd(anchor);
		const defined = this.definitions.get(anchor.name) ?? [];
		const explicit = defined.filter(({ manner, expression }) => manner === 'explicit' && expression !== undefined);
		const implied = defined.filter(({ manner, expression }) => manner === 'implied' && expression !== undefined);
		const readable = explicit.length > 0 ? explicit : implied;
		if (readable.length > 0) return this.#agreed(anchor, readable, pending);
		if (anchor.document === 'amendment' && anchor.name === 'effective date' && defined.length === 0) {
			return this.#lookup({ kind: 'anchor', name: 'amendment effective date', words: anchor.words }, pending);
		}
		if (this.options.base && defined.length === 0) return this.options.base.resolve({ ...anchor }, new Set());
		const named = defined[0];
		return {
			problem: named ? `the text gives no date for "${anchor.words}"` : `"${anchor.words}" is not defined`,
			steps: named ? [{ says: `${named.label}: no date`, quote: named.sentence.quote() }] : [],
		};
	}

	/** Where a name is defined more than once, the days have to be the same. */
	#agreed(anchor: Anchor, definitions: DayDefinition[], pending: ReadonlySet<string>): DayReading {
		const readings = definitions.slice(0, MOST_NESTED).map((definition) => {
			const read = definition.expression ? this.resolve(definition.expression, pending) : undefined;
			return { definition, read: read ?? { problem: 'no date', steps: [] } };
		});
		const days = new Set(readings.map(({ read }) => ('day' in read ? read.day : '')));
		const first = readings[0];
		if (!first) return { problem: `"${anchor.words}" is not defined`, steps: [] };
		if (days.size > 1) {
			const shown = readings.map(({ read }) => ('day' in read ? read.day : read.problem)).join(' and as ');
			return {
				problem: `"${anchor.words}" is defined as ${shown}`,
				steps: [step(first.definition.label, first.definition.sentence)],
			};
		}
		if ('problem' in first.read) return first.read;
		const says = `${first.definition.label}: ${first.read.day}`;
		return { day: first.read.day, steps: [...first.read.steps, step(says, first.definition.sentence)] };
	}

	/** The day on which the last party signed, from the caller or the signature block. */
	signatureDate(): DayReading {
		const { signedAt } = this.options;
		if (signedAt !== undefined && dayParts(signedAt)) {
			return { day: signedAt, steps: [{ says: `signed: ${signedAt}` }] };
		}
		return lastSignature(this.source);
	}

	#dateOfDocument(pending: ReadonlySet<string>): DayReading {
		const made = this.documentDates.filter(({ manner }) => manner === 'made');
		const dates = made.length > 0 ? made : this.documentDates;
		const first = dates[0];
		if (!first) {
			const signed = this.signatureDate();
			if ('day' in signed) return signed;
			return { problem: 'the document bears no date', steps: [] };
		}
		const readings = dates.map((date) => this.resolve(date.expression, pending));
		const days = new Set(readings.flatMap((read) => ('day' in read ? [read.day] : [])));
		if (days.size > 1) return { problem: `the document bears several dates: ${[...days].join(', ')}`, steps: [] };
		const read = readings.find((one) => 'day' in one) ?? readings[0];
		if (!read || 'problem' in read) return read ?? { problem: 'the document bears no date', steps: [] };
		const quote = first.sentence.quote(first.start, first.end);
		return { day: read.day, steps: [...read.steps, { says: `date of the document: ${read.day}`, quote }] };
	}

	#termEnd(anchor: Anchor): DayReading {
		if (this.#readingPeriod) return { problem: 'the term is defined by its own end', steps: [] };
		const { period } = this;
		const day = anchor.name === INITIAL_TERM_END ? period.initialEnd : (period.currentEnd ?? period.initialEnd);
		if (day !== undefined) return { day, steps: period.steps };
		return { problem: period.problems[0] ?? `"${anchor.words}" cannot be told`, steps: period.steps };
	}
}

function step(says: string, sentence: SourceSentence): DerivationStep {
	return { says, quote: sentence.quote() };
}

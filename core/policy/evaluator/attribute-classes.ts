import type { AttributeValue } from '../../model';
import { asNumber, indexKey } from '../condition';
import type { Condition, Outcome } from '../condition';
import type { PolicyScalar } from '../schema';

/** Class of an attribute that is not known. */
export const ABSENT = 0;

export const HOLDS = 0;
export const FAILS = 1;
export const MISSING = 2;
const CODES: Readonly<Record<Outcome, number>> = { holds: HOLDS, fails: FAILS, missing: MISSING };

/** Values remembered as they came; beyond that they are classified anew each time. */
const MAX_REMEMBERED = 20_000;
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,18}Z)?$/;

/** Place of a value among sorted limits: odd where it is one of them, even where it lies between. */
function slotOf<T extends number | string>(value: T, limits: readonly T[]): number {
	let low = 0;
	let high = limits.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((limits[middle] as T) < value) low = middle + 1;
		else high = middle;
	}
	return 2 * low + (limits[low] === value ? 1 : 0);
}

/**
 * Sorts the values of one attribute into classes that no condition of the policy tells apart. There are as many as the
 * policy makes distinctions (values it names, places between its limits, prefixes), however many values people have.
 */
export class AttributeClasses {
	/** Conditions that hold for a class; those of a known value that don't hold fail. */
	readonly #holding: Int32Array[] = [];
	readonly #absent: Uint8Array;
	readonly #scratch: Uint8Array;
	/** Conditions that ask for one of some values and nothing else, by value; and all others. */
	readonly #asking = new Map<string, number[]>();
	readonly #others: number[] = [];
	readonly #remembered = new Map<PolicyScalar, number>();
	readonly #keys = new Map<string, number>();
	readonly #numbers: number[];
	readonly #dates: string[];
	readonly #prefixes: string[];
	readonly #slots: number;
	readonly #classes = new Map<number | string, number>();

	constructor(
		readonly name: string,
		readonly conditions: readonly Condition[],
	) {
		const limits: PolicyScalar[] = [];
		const prefixes = new Set<string>();
		conditions.forEach((condition, index) => this.#file(condition, index));
		for (const { operators } of conditions) {
			const { eq, in: allowed = [], not = [], gte, lte, prefix } = operators;
			for (const value of [...(eq === undefined ? [] : [eq]), ...allowed, ...(Array.isArray(not) ? not : [not])]) {
				const key = indexKey(value);
				if (!this.#keys.has(key)) this.#keys.set(key, this.#keys.size + 1);
			}
			limits.push(...[gte, lte].filter((each) => each !== undefined));
			if (prefix !== undefined) prefixes.add(prefix.normalize('NFC'));
		}
		this.#numbers = [...new Set(limits.flatMap((each) => asNumber(each) ?? []))].sort((a, b) => a - b);
		const dates = limits.filter((each) => typeof each === 'string' && ISO_INSTANT.test(each)) as string[];
		this.#dates = [...new Set(dates)].sort();
		this.#prefixes = [...prefixes];
		this.#slots = 2 * this.#numbers.length + 2 * this.#dates.length + 3;
		this.#absent = Uint8Array.from(conditions, (condition) => CODES[condition.test(undefined)]);
		this.#scratch = new Uint8Array(conditions.length);
		this.#holding.push(new Int32Array(0));
		// Most values that people have are values that the policy names.
		for (const key of this.#keys.keys()) this.classify(key);
	}

	/** How many classes have been met. */
	get size(): number {
		return this.#holding.length;
	}

	/** How many classes single values and their absence can fall into, prefixes aside. */
	get distinctions(): number {
		return this.#keys.size + (this.#slots === 3 ? 2 : this.#slots + 1);
	}

	#file({ operators, equals = [] }: Condition, index: number): void {
		if (Object.keys(operators).some((name) => name !== 'eq' && name !== 'in')) {
			this.#others.push(index);
			return;
		}
		for (const key of new Set(equals)) {
			const asking = this.#asking.get(key);
			if (asking === undefined) this.#asking.set(key, [index]);
			else asking.push(index);
		}
	}

	/** Outcomes of the attribute's conditions for a class. Valid until the next call. */
	outcomesOf(found: number): Uint8Array {
		if (found === ABSENT) return this.#absent;
		const outcomes = this.#scratch;
		outcomes.fill(FAILS);
		for (const condition of this.#holding[found] ?? []) outcomes[condition] = HOLDS;
		return outcomes;
	}

	/** The class of a value. */
	classify(value: AttributeValue | undefined): number {
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			return this.#remembered.get(value) ?? this.#classifyScalar(value);
		}
		return Array.isArray(value) ? this.#classifyList(value as readonly string[]) : ABSENT;
	}

	#classifyScalar(value: PolicyScalar): number {
		const place = (this.#keys.get(indexKey(value)) ?? 0) * this.#slots + this.#slot(value);
		const signature = this.#prefixes.length === 0 ? place : `${place} ${this.#prefixesOf(value)}`;
		const found = this.#classes.get(signature) ?? this.#add(value, signature);
		if (this.#remembered.size < MAX_REMEMBERED) this.#remembered.set(value, found);
		return found;
	}

	#slot(value: PolicyScalar): number {
		if (this.#slots === 3) return 0;
		const number = asNumber(value);
		if (number !== undefined) return slotOf(number, this.#numbers);
		const afterNumbers = 2 * this.#numbers.length + 1;
		if (typeof value !== 'string' || !ISO_INSTANT.test(value)) return this.#slots - 1;
		return afterNumbers + slotOf(value, this.#dates);
	}

	#prefixesOf(value: PolicyScalar): string {
		const text = String(value).normalize('NFC');
		return this.#prefixes.map((prefix) => (text.startsWith(prefix) ? '1' : '0')).join('');
	}

	#classifyList(value: readonly string[]): number {
		const [first] = value;
		if (value.length === 1 && first !== undefined) return this.classify(first);
		const classes = [...new Set(value.map((each) => this.classify(each)))].sort((a, b) => a - b);
		const signature = `[${classes.join(' ')}]`;
		return this.#classes.get(signature) ?? this.#add(value, signature);
	}

	#add(value: AttributeValue, signature: number | string): number {
		const candidates = new Set(this.#others);
		for (const each of typeof value === 'object' ? value : [value]) {
			for (const condition of this.#asking.get(indexKey(each)) ?? []) candidates.add(condition);
		}
		const holding = [...candidates].filter((index) => this.conditions[index]?.test(value) === 'holds');
		const added = this.#holding.push(Int32Array.from(holding)) - 1;
		this.#classes.set(signature, added);
		return added;
	}
}

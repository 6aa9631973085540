import { DomainError, sha256 } from '../../model';
import type { ContractLimits } from '../limits';
import { readValue, type RecordValue } from './value';

export type RecordNode =
	| { kind: 'scalar'; value: RecordValue; raw: unknown; hash: string }
	| { kind: 'object'; fields: Map<string, RecordNode>; hash: string; size: number }
	| { kind: 'array'; items: RecordNode[]; hash: string; size: number };

function tooLarge(limit: 'maxRecordDepth' | 'maxRecordValues', limits: ContractLimits, what: string): DomainError {
	return new DomainError(
		'INPUT_TOO_LARGE',
		`The record ${what}; the limit ${limit} is ${limits[limit]}.`,
		`Pass the part of the record that the contract is in, or raise the limit ${limit}.`,
		{ limit, maximum: limits[limit] },
	);
}

/** Money as two fields, `{ amount, currency }`, is one value. */
function asMoney(value: object): string | undefined {
	const fields = new Map(Object.entries(value));
	if (fields.size !== 2) return undefined;
	const amount: unknown = fields.get('amount') ?? fields.get('value');
	const currency: unknown = fields.get('currency') ?? fields.get('currencyCode');
	if ((typeof amount !== 'number' && typeof amount !== 'string') || typeof currency !== 'string') return undefined;
	const text = `${currency} ${amount}`;
	return readValue(text).type === 'money' ? text : undefined;
}

/** A record whose texts hold no halves of characters, as cutting leaves them: those have no UTF-8 form and no hash. */
function wellFormed(raw: unknown): unknown {
	if (typeof raw === 'string') return raw.toWellFormed();
	if (Array.isArray(raw)) return raw.map(wellFormed);
	if (typeof raw !== 'object' || raw === null) return raw;
	return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name.toWellFormed(), wellFormed(value)]));
}

/**
 * Reads a record.
 * @returns its nodes, and the record as it was read: the one that came in but for halves of characters
 * @throws DomainError INPUT_TOO_LARGE (`maxRecordDepth`, `maxRecordValues`)
 */
export function readRecord(raw: unknown, limits: ContractLimits): { node: RecordNode; record: unknown } {
	const reader = new RecordReader(limits);
	const node = reader.read(raw);
	if (reader.isWellFormed) return { node, record: raw };
	const record = wellFormed(raw);
	return { node: new RecordReader(limits).read(record), record };
}

/** Reads a record into nodes with content hashes, each hash once, whatever is asked of it later. */
class RecordReader {
	isWellFormed = true;
	#values = 0;

	constructor(private readonly limits: ContractLimits) {}

	read(raw: unknown, depth = 0): RecordNode {
		if (depth > this.limits.maxRecordDepth)
			throw tooLarge('maxRecordDepth', this.limits, `nests deeper than ${this.limits.maxRecordDepth} levels`);
		if (++this.#values > this.limits.maxRecordValues)
			throw tooLarge('maxRecordValues', this.limits, 'holds more values than are compared');
		if (Array.isArray(raw)) return this.#array(raw as unknown[], depth);
		if (typeof raw === 'string') this.#check(raw);
		if (typeof raw !== 'object' || raw === null) return scalar(raw);
		const money = asMoney(raw);
		return money === undefined ? this.#object(raw, depth) : scalar(money);
	}

	#check(text: string): void {
		this.isWellFormed &&= text.isWellFormed();
	}

	#array(raw: unknown[], depth: number): RecordNode {
		const items = raw.map((item) => this.read(item, depth + 1));
		const size = items.reduce((sum, item) => sum + sizeOf(item), 1);
		return { kind: 'array', items, size, hash: sha256(`[${items.map((item) => item.hash).join('\u0000')}`) };
	}

	/** A Map of own entries: a field named `__proto__` is a field like any other. */
	#object(raw: object, depth: number): RecordNode {
		const fields = new Map<string, RecordNode>();
		let size = 1;
		for (const [name, value] of Object.entries(raw) as Array<[string, unknown]>) {
			this.#check(name);
			const node = this.read(value, depth + 1);
			fields.set(name, node);
			size += sizeOf(node);
		}
		const parts = [...fields]
			.filter(([, node]) => !isAbsent(node))
			.map(([name, node]) => `${name}\u0001${node.hash}`)
			.sort();
		return { kind: 'object', fields, size, hash: sha256(`{${parts.join('\u0000')}`) };
	}
}

function scalar(raw: unknown): RecordNode {
	const value = readValue(raw);
	return { kind: 'scalar', value, raw, hash: value.canonical };
}

export function sizeOf(node: RecordNode): number {
	return node.kind === 'scalar' ? 1 : node.size;
}

export function isAbsent(node: RecordNode | undefined): boolean {
	return node === undefined || (node.kind === 'scalar' && node.value.type === 'absent');
}

/** The value as the record writes it. */
export function rawText(node: RecordNode): string {
	if (node.kind !== 'scalar') return JSON.stringify(plain(node));
	return typeof node.raw === 'string'
		? node.raw
		: node.raw === null || node.raw === undefined
			? ''
			: JSON.stringify(node.raw);
}

function plain(node: RecordNode): unknown {
	if (node.kind === 'scalar') return node.raw ?? null;
	if (node.kind === 'array') return node.items.map(plain);
	return Object.fromEntries([...node.fields].map(([name, field]) => [name, plain(field)]));
}

/** Scalars of an object, those of inner objects under `outer.inner`; lists are left out. */
export function cellsOf(node: RecordNode, prefix = ''): Map<string, RecordNode> {
	const cells = new Map<string, RecordNode>();
	if (node.kind !== 'object') return cells.set(prefix === '' ? 'value' : prefix, node);
	for (const [name, field] of node.fields) {
		const path = prefix === '' ? name : `${prefix}.${name}`;
		if (field.kind === 'scalar') cells.set(path, field);
		else if (field.kind === 'object') for (const [inner, cell] of cellsOf(field, path)) cells.set(inner, cell);
	}
	return cells;
}

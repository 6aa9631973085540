import { Inflate } from 'fflate';
import { crc32 } from 'node:zlib';
import type { ContractLimits } from '../limits';
import { shown, tooLarge, unreadable } from './refusal';

/** One file of the ZIP directory (PKWARE APPNOTE 4.3.12). */
interface Entry {
	name: string;
	flags: number;
	method: number;
	crc: number;
	packed: number;
	size: number;
	offset: number;
}

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;
/** Sizes and offsets that stand in a ZIP64 extra field (4.5.3). */
const IN_EXTRA = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** Compressed bytes inflated at a time: at most 16 MB come out before the limits are looked at again. */
const STEP = 16_384;
/** A ratio says something only of a file that is large once inflated: a long table of like rows packs well. */
const RATIO_FROM = 10_000_000;

/** A ZIP file of which single files are inflated on demand, piece by piece, under limits. */
export class Archive {
	readonly #entries = new Map<string, Entry>();
	readonly #view: DataView;

	constructor(
		private readonly bytes: Uint8Array,
		private readonly limits: ContractLimits,
	) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#readDirectory();
	}

	/** Names of OPC parts are compared without case (ECMA-376-2, 9.1.1.1.2). */
	has(name: string): boolean {
		return this.#entries.has(name.toLowerCase());
	}

	get names(): string[] {
		return [...this.#entries.values()].map((entry) => entry.name);
	}

	/** What the directory says of a file's size, inflated; 0 where there is no such file. Larger ones are refused when read. */
	size(name: string): number {
		return this.#entries.get(name.toLowerCase())?.size ?? 0;
	}

	/** The bytes of a file in pieces. Stops with an error as soon as a limit is passed. */
	read(name: string, take: (piece: Uint8Array) => void): void {
		const entry = this.#entries.get(name.toLowerCase());
		if (!entry) throw unreadable(`its part ${shown(name)} is missing.`);
		if ((entry.flags & ENCRYPTED) !== 0) throw unreadable(`its part ${shown(entry.name)} is encrypted.`);
		this.#assertSize(entry, entry.size);
		let size = 0;
		let crc = 0;
		this.#inflate(entry, (piece) => {
			size += piece.length;
			this.#assertSize(entry, size);
			if (size > entry.size) throw unreadable(`its part ${shown(entry.name)} is longer than its directory says.`);
			crc = crc32(piece, crc);
			take(piece);
		});
		if (size !== entry.size) throw unreadable(`its part ${shown(entry.name)} ends early.`);
		if (crc !== entry.crc) throw unreadable(`its part ${shown(entry.name)} is damaged (wrong checksum).`);
	}

	#assertSize(entry: Entry, size: number): void {
		const { maxPartBytes, maxInflationRatio } = this.limits;
		const name = shown(entry.name);
		if (size > maxPartBytes)
			throw tooLarge(`its part ${name} inflates to ${size} bytes`, 'maxPartBytes', maxPartBytes, size);
		const ratio = Math.floor(size / Math.max(1, entry.packed));
		if (size > RATIO_FROM && ratio > maxInflationRatio)
			throw tooLarge(
				`its part ${name} inflates to ${ratio} times its size`,
				'maxInflationRatio',
				maxInflationRatio,
				ratio,
			);
	}

	#inflate(entry: Entry, take: (piece: Uint8Array) => void): void {
		const data = this.#packed(entry);
		if (entry.method === STORED) return take(data);
		if (entry.method !== DEFLATED) throw unreadable(`its part ${shown(entry.name)} is compressed in an unknown way.`);
		let pieces: Uint8Array[] = [];
		const inflate = new Inflate((piece) => pieces.push(piece));
		for (let at = 0; at < data.length || at === 0; at += STEP) {
			try {
				inflate.push(data.subarray(at, at + STEP), at + STEP >= data.length);
			} catch {
				throw unreadable(`its part ${shown(entry.name)} is damaged.`);
			}
			for (const piece of pieces) take(piece);
			pieces = [];
		}
	}

	#packed(entry: Entry): Uint8Array {
		const at = entry.offset;
		if (at + LOCAL_LENGTH > this.bytes.length || this.#view.getUint32(at, true) !== LOCAL_MARK)
			throw unreadable(`its part ${shown(entry.name)} is not where its directory says.`);
		const start = at + LOCAL_LENGTH + this.#view.getUint16(at + 26, true) + this.#view.getUint16(at + 28, true);
		if (start + entry.packed > this.bytes.length) throw unreadable(`its part ${shown(entry.name)} is cut off.`);
		return this.bytes.subarray(start, start + entry.packed);
	}

	#readDirectory(): void {
		const end = this.#findEnd();
		let at = this.#view.getUint32(end + 16, true);
		const count = this.#view.getUint16(end + 10, true);
		for (let read = 0; at + 4 <= end && this.#view.getUint32(at, true) === ENTRY_MARK; read++) {
			if (read >= this.limits.maxArchiveEntries)
				throw tooLarge(
					`it holds more than ${read} files`,
					'maxArchiveEntries',
					this.limits.maxArchiveEntries,
					read + 1,
				);
			at = this.#readEntry(at, end);
		}
		if (this.#entries.size === 0 || (count !== 0xffff && count !== this.#entries.size))
			throw unreadable('its ZIP directory is damaged.');
	}

	#findEnd(): number {
		const last = this.bytes.length - END_LENGTH;
		for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--)
			if (this.#view.getUint32(at, true) === END_MARK) return at;
		throw unreadable('it is cut off: the ZIP directory at its end is missing.');
	}

	#readEntry(at: number, end: number): number {
		const view = this.#view;
		const nameLength = at + ENTRY_LENGTH <= end ? view.getUint16(at + 28, true) : Infinity;
		const nameEnd = at + ENTRY_LENGTH + nameLength;
		const extraEnd = nameEnd <= end ? nameEnd + view.getUint16(at + 30, true) : Infinity;
		if (extraEnd > end) throw unreadable('its ZIP directory is damaged.');
		const name = new TextDecoder().decode(this.bytes.subarray(at + ENTRY_LENGTH, nameEnd)).replaceAll('\\', '/');
		const [size = 0, packed = 0, offset = 0] = this.#zip64(nameEnd, extraEnd, [
			view.getUint32(at + 24, true),
			view.getUint32(at + 20, true),
			view.getUint32(at + 42, true),
		]);
		// Two files of one name: which one is read would depend on the reader, and that is how texts are smuggled.
		if (this.#entries.has(name.toLowerCase())) throw unreadable(`it holds two parts named ${shown(name)}.`);
		this.#entries.set(name.toLowerCase(), {
			name,
			flags: view.getUint16(at + 8, true),
			method: view.getUint16(at + 10, true),
			crc: view.getUint32(at + 16, true),
			packed,
			size,
			offset,
		});
		return extraEnd + view.getUint16(at + 32, true);
	}

	/** Replaces what did not fit into 32 bits by what the ZIP64 extra field says, in its fixed order. */
	#zip64(from: number, end: number, values: number[]): number[] {
		if (!values.includes(IN_EXTRA)) return values;
		for (let at = from; at + 4 <= end;) {
			const stop = Math.min(end, at + 4 + this.#view.getUint16(at + 2, true));
			let next = at + 4;
			if (this.#view.getUint16(at, true) === 1)
				return values.map((value) => {
					if (value !== IN_EXTRA || next + 8 > stop) return value;
					next += 8;
					return Number(this.#view.getBigUint64(next - 8, true));
				});
			at = stop;
		}
		return values;
	}
}

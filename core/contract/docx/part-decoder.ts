import { shown, unreadable } from './refusal';

/** UTF-8 or UTF-16 (by its byte order mark), as XML 1.0 asks of every reader; anything else is refused. */
export class PartDecoder {
	#decoder: InstanceType<typeof TextDecoder> | undefined;
	#head: Uint8Array = new Uint8Array(0);

	constructor(private readonly part: string) {}

	decode(piece: Uint8Array, last: boolean): string {
		let bytes = piece;
		if (!this.#decoder) {
			bytes = Uint8Array.from([...this.#head, ...piece.subarray(0, 2)]);
			if (bytes.length < 2 && !last) {
				this.#head = bytes;
				return '';
			}
			const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
			this.#decoder = new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8', {
				fatal: true,
			});
			return this.#text(bytes, false) + this.#text(piece.subarray(2), last);
		}
		return this.#text(bytes, last);
	}

	#text(bytes: Uint8Array, last: boolean): string {
		try {
			return this.#decoder?.decode(bytes, { stream: !last }) ?? '';
		} catch {
			throw unreadable(`its part ${shown(this.part)} is not in UTF-8 or UTF-16.`);
		}
	}
}

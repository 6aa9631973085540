import { DomainError } from '../model';
import type { Random } from '../ports';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '-_.!'];
const LENGTH = 24;

/** An initial password: 24 characters with one of each class that password rules ask for. Nobody keeps it. */
export function initialPassword(random: Random | undefined): string {
	if (random === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			'Initial passwords are wanted, and there is no source of randomness.',
			'Give `random`, e.g. randomBytes of node:crypto.',
		);
	}
	const characters = [
		...CLASSES.map((set) => pick(set, random)),
		...Array.from({ length: LENGTH - CLASSES.length }, () => pick(ALPHABET, random)),
	];
	for (let index = characters.length - 1; index > 0; index--) {
		const other = below(index + 1, random);
		const [left = '', right = ''] = [characters[index], characters[other]];
		characters[index] = right;
		characters[other] = left;
	}
	return characters.join('');
}

function pick(set: string, random: Random): string {
	return set.charAt(below(set.length, random));
}

/** Even odds: bytes beyond the last whole multiple are thrown away. */
function below(limit: number, random: Random): number {
	const whole = 256 - (256 % limit);
	for (;;) {
		const byte = random(1)[0] ?? 0;
		if (byte < whole) return byte % limit;
	}
}

import type { CompiledPolicy } from '../../policy';

/** What to do where two people would get the same userName in an application; undefined: the application decides. */
export type OnCollision = 'review' | 'suffix' | undefined;

/** A userName that an account has or is being given (`account`), or that an open action would give to one. */
export interface NameInUse {
	application: string;
	userName: string;
	identityId: string;
	by: 'account' | 'action';
}

/** The name that an account gets, or whose name it would be. */
export type AccountName = { userName: string } | { takenBy: string; own?: string };

export function onCollisionOf({ policy: { applications } }: CompiledPolicy, application: string): OnCollision {
	return Object.hasOwn(applications, application) ? applications[application]?.onCollision : undefined;
}

/** userName is compared without regard to case (RFC 7643 §4.1.1: caseExact false). */
export function sameNameKey(application: string, userName: string): string {
	return JSON.stringify([application, userName.toLowerCase()]);
}

/** The n-th variant of a name: the first is the name, the others have their number at the end, or before the @ of an address. */
export function nameVariant(name: string, number: number): string {
	if (number === 1) return name;
	const at = name.lastIndexOf('@');
	return at > 0 ? `${name.slice(0, at)}${number}${name.slice(at)}` : `${name}${number}`;
}

/** A name as it is, where it is a variant of what the mapping gives. */
export function asVariant(mapped: string, name: string, mode: OnCollision): string | undefined {
	const wanted = mapped.toLowerCase();
	const held = name.toLowerCase();
	if (held === wanted) return mapped;
	if (mode !== 'suffix') return undefined;
	const at = wanted.lastIndexOf('@');
	const [stem, rest] = at > 0 ? [wanted.slice(0, at), wanted.slice(at)] : [wanted, ''];
	if (held.length <= wanted.length || !held.startsWith(stem) || !held.endsWith(rest)) return undefined;
	const digits = held.slice(stem.length, held.length - rest.length);
	const number = Number(digits);
	const written = Number.isSafeInteger(number) && number >= 2 && String(number) === digits;
	return written ? nameVariant(mapped, number) : undefined;
}

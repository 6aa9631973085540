import { contentHash } from '../../model';

/**
 * The name that an account has for a moment, so that another one can take its own: names that go round in a circle have no
 * other beginning. Derived from account and name, so that whoever finds it knows where it is from; an address stays one.
 */
export function temporaryName(userName: string, id: string): string {
	const mark = `.moved-${contentHash([id, userName]).slice(0, 8)}`;
	const at = userName.lastIndexOf('@');
	return at < 0 ? `${userName}${mark}` : `${userName.slice(0, at)}${mark}${userName.slice(at)}`;
}

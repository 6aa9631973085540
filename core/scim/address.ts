import { DomainError } from '../model';

/** Query parameters; absent ones are left out, `true` is a name without value (`?cursor`, RFC 9865 §2.1). */
export type Query = Readonly<Record<string, string | number | true | undefined>>;

const LONE_SURROGATE = /\p{Surrogate}/u;
const REMEDY = 'Enter an address like https://host/scim/v2, without user name, query or fragment.';

/**
 * The addresses of one application. Everything is built below the base URL from encoded segments, so a token can't be
 * sent to another origin and an id can't climb out of its collection.
 */
export class ScimAddress {
	#base: string;
	/** `/` where the server has its addresses end in one. */
	#end = '';

	constructor(baseUrl: string) {
		const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
		if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
			throw new DomainError('INPUT_INVALID', 'The base URL is no http or https address.', REMEDY);
		}
		if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
			throw new DomainError('INPUT_INVALID', 'The base URL holds a user name, a query or a fragment.', REMEDY);
		}
		this.#base = url.origin + trimSlashes(url.pathname);
	}

	/** Absolute URL of a path of segments, e.g. `['Users', id]`. Each segment and each value is encoded once. */
	of(segments: readonly string[], query: Query = {}): string {
		const path = segments.map(encodeSegment).join('/');
		const parameters = Object.entries(query).flatMap(([name, value]) => {
			if (value === undefined) return [];
			return [encodeURIComponent(name) + (value === true ? '' : `=${encodeURIComponent(String(value))}`)];
		});
		return `${this.#base}/${path}${this.#end}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`;
	}

	/**
	 * Takes over where a redirect says the same entry is: with a slash at its end, or below another path of the same origin.
	 * Any other address isn't followed: it would carry the token elsewhere, or is a page to sign in.
	 *
	 * @param from the address that was asked
	 * @returns whether the same request has another address now
	 */
	follow(segments: readonly string[], from: string, location: string): boolean {
		if (!URL.canParse(location, from)) return false;
		const to = new URL(location, from);
		const asked = new URL(from);
		const tail = `/${segments.map(encodeSegment).join('/')}`;
		const path = trimSlashes(to.pathname);
		if (to.origin !== asked.origin || !path.endsWith(tail)) return false;
		this.#base = to.origin + trimSlashes(path.slice(0, path.length - tail.length));
		this.#end = to.pathname.endsWith('/') ? '/' : '';
		return this.of(segments) !== asked.origin + asked.pathname;
	}
}

function trimSlashes(path: string): string {
	let end = path.length;
	while (end > 0 && path[end - 1] === '/') end--;
	return path.slice(0, end);
}

/** `.` and `..` are path steps even when percent-encoded (WHATWG URL), so no encoding makes them an id. */
function encodeSegment(segment: string): string {
	if (segment === '' || segment === '.' || segment === '..' || segment.length > 2048 || LONE_SURROGATE.test(segment)) {
		throw new DomainError(
			'SCIM_FAILED',
			'The application uses an id that has no form in an address.',
			'Give the entry another id in the application.',
			{ ambiguous: false },
		);
	}
	return encodeURIComponent(segment);
}

import type { ScimAnswer } from './answer';
import { asResource } from './resource';

/**
 * Id of what a POST created: of the entry in the answer, else the last part of its Location (RFC 7644 §3.3), for servers
 * that answer with nothing more. Only an id is taken from the address, never an address to go to.
 */
export function createdId({ body, headers }: ScimAnswer): string | undefined {
	const shown = asResource(body)?.id;
	return shown ?? idFrom(headers['location']);
}

/** The last segment of an absolute or relative address below a collection. */
export function idFrom(location: string | undefined): string | undefined {
	const path = location?.split(/[?#]/, 1)[0] ?? '';
	const segments = path.split('/').filter((part) => part !== '');
	const last = segments.at(-1);
	if (last === undefined || segments.length < 2 || /^(?:Users|Groups)$/i.test(last)) return undefined;
	try {
		return decodeURIComponent(last);
	} catch {
		return last;
	}
}

import { Directory } from './directory';
import { isObject } from './patch';
import { textOf, type Json } from './protocol';
import { serve, type OddServer } from './serve';

/**
 * Keeps its own opinion and says 200: userName in lower case, the first address is the primary one, displayName is made
 * from the name, externalId is forgotten.
 */
export function startOpinionated(): Promise<OddServer> {
	const directory = new Directory({ keep: (collection, entry) => (collection === 'Users' ? opinion(entry) : entry) });
	return serve(directory, (request, next) => next(request));
}

function opinion({ externalId: _externalId, displayName: _displayName, ...entry }: Json): Json {
	const name = isObject(entry['name']) ? entry['name'] : {};
	const emails = Array.isArray(entry['emails']) ? (entry['emails'] as Json[]) : [];
	return {
		...entry,
		userName: textOf(entry['userName']).toLowerCase(),
		displayName: `${textOf(name['familyName'])}, ${textOf(name['givenName'])}`,
		...(emails.length === 0 ? {} : { emails: emails.map((email, index) => ({ ...email, primary: index === 0 })) }),
	};
}

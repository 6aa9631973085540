import type { Source } from '../../model';

/** The source of what was found in an application rather than given by us. */
export function discovered(application: string, at: string): Source {
	return {
		kind: 'discovered',
		ref: `application:${application}`,
		reason: `Found in ${application} on ${at.slice(0, 10)}.`,
	};
}

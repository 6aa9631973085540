import type { PersonAccess } from '../../policy';
import { mergeTenures } from '../intervals';

/**
 * The next moment at which one of several sources of a holding begins or ends while the holding goes on: nothing has to be
 * done in the application then, and no action is planned for it, but the ledger has to say what the access rests on.
 */
export function innerBoundary({ holdings }: PersonAccess, asOf: string): string | undefined {
	let next: string | undefined;
	for (const tenures of holdings.values()) {
		if (tenures.length < 2) continue;
		const ahead = tenures.filter(({ until }) => until === undefined || until > asOf);
		if (ahead.length < 2) continue;
		for (const stretch of mergeTenures(ahead)) {
			for (const { from, until } of stretch.tenures) {
				for (const moment of [from === stretch.from ? undefined : from, until === stretch.until ? undefined : until]) {
					if (moment !== undefined && moment > asOf && (next === undefined || moment < next)) next = moment;
				}
			}
		}
	}
	return next;
}

import { endOfDay } from '../day-end';
import type { LintReport } from './report';

/** Exemptions that have ended. Only where the caller says what time it is: a policy by itself knows no clock. */
export function lintExpiry(report: LintReport, asOf: string | undefined): void {
	if (asOf === undefined) return;
	(report.policy.separationOfDuties ?? []).forEach(({ id, exempt }, index) => {
		(exempt ?? []).forEach(({ until }, at) => {
			if (endOfDay(until, report.policy.zone) > asOf) return;
			const path = ['separationOfDuties', index, 'exempt', at, 'until'];
			report.warn(
				'EXPIRED',
				path,
				`an exemption from "${id}" ended on ${until}`,
				'remove it, or renew it with a reason',
			);
		});
	});
}

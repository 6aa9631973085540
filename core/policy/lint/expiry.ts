import { endOfDay } from '../day-end';
import type { LintReport } from './report';

/** Exemptions and acceptances that have ended. Only where the caller says what time it is: a policy by itself knows no clock. */
export function lintExpiry(report: LintReport, asOf: string | undefined): void {
	if (asOf === undefined) return;
	for (const [name, { accept }] of Object.entries(report.policy.applications)) {
		(accept ?? []).forEach(({ finding, until }, at) => {
			if (endOfDay(until, report.policy.zone) > asOf) return;
			const path = ['applications', name, 'accept', at, 'until'];
			const message = `the acceptance of ${finding} ended on ${until}`;
			report.warn('EXPIRED', path, message, 'mend the finding, or accept it anew with a reason');
		});
	}
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

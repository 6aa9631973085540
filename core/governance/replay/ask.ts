import { personTimeline, timelineRules, valueAt } from '../../lifecycle';
import { isDomainError, type AttributeValue } from '../../model';
import { identityAt } from '../../plan';
import type { CompiledPolicy } from '../../policy';
import { breakGlassAllowed, requestAllowed } from '../../requests';
import type { LedgerApi } from '../../store';
import type { ReplayLine } from './lines';

export interface Asked {
	identityId: string;
	line: ReplayLine & { kind: 'request' | 'break_glass' };
	compiled: CompiledPolicy;
	policyHash: string;
	now: string;
}

export interface AskRefusal {
	entitlement: string;
	reason: string;
	remedy: string;
}

type AskLedger = Pick<LedgerApi, 'personFacts' | 'requestAccess' | 'breakGlass' | 'identityByKey'>;

/** Asks for access as Access Ledger's operations do: all of it is looked at before any is written. */
export async function askForAccess(ledger: AskLedger, asked: Asked): Promise<AskRefusal[]> {
	const { line } = asked;
	const names = line.kind === 'request' ? line.entitlements : [line.entitlement];
	const refused: AskRefusal[] = [];
	const writes: Array<() => Promise<unknown>> = [];
	for (const entitlement of names) {
		try {
			writes.push(await allowed(ledger, asked, entitlement));
		} catch (error) {
			if (!isDomainError(error)) throw error;
			refused.push({ entitlement, reason: error.message, remedy: error.remedy });
		}
	}
	if (refused.length === 0) for (const write of writes) await write();
	return refused;
}

async function allowed(ledger: AskLedger, asked: Asked, entitlement: string): Promise<() => Promise<unknown>> {
	const { identityId, line, compiled, policyHash, now } = asked;
	const person = await attributesOf(ledger, asked, identityId);
	if (line.kind === 'break_glass') {
		const addresses = [person['email'], line.by].filter((each) => typeof each === 'string');
		const { until, reviewers, reviewBy } = breakGlassAllowed({
			compiled,
			person,
			addresses,
			until: '',
			now,
			entitlement,
		});
		return () =>
			ledger.breakGlass({
				identityId,
				entitlements: [entitlement],
				usedBy: line.by,
				reason: line.reason,
				validUntil: until,
				reviewers,
				reviewBy,
				policyHash,
			});
	}
	const requesterId = await ledger.identityByKey({ kind: 'email', value: line.by.toLowerCase() });
	const requester = requesterId === undefined ? person : await attributesOf(ledger, asked, requesterId);
	const { until } = requestAllowed({ compiled, person, requester, until: line.until ?? '', now, entitlement });
	return () =>
		ledger.requestAccess({
			identityId,
			entitlements: [entitlement],
			kind: 'request',
			requestedBy: line.by,
			reason: line.reason,
			validFrom: now,
			...(until !== undefined && { validUntil: until }),
			policyHash,
		});
}

async function attributesOf(
	ledger: AskLedger,
	{ compiled, now }: Asked,
	identityId: string,
): Promise<Readonly<Record<string, AttributeValue>>> {
	const [facts] = await ledger.personFacts([identityId], now);
	if (facts === undefined) return {};
	const timeline = personTimeline(facts, timelineRules(compiled.policy, now));
	const email = valueAt(timeline, 'email', now) ?? timeline.keys['email'];
	return { ...identityAt(timeline, now).attributes, ...(email !== undefined && { email }) };
}

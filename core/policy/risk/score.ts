import type { Risk, RiskFactor, SeparationHit } from '../../model';
import type { CompiledPolicy } from '../compile';
import type { Entitlement } from '../entitlement';
import { localTime } from '../person/local-time';
import { outsideOfficeHours } from './office-hours';
import { outlierScore } from './peers';
import type { PeerShare } from './peers';

export const RISK_FACTORS = [
	'privileged',
	'separation',
	'off_peer_group',
	'backdated',
	'new_identity',
	'off_hours',
	'widening',
] as const;
export type RiskFactorName = (typeof RISK_FACTORS)[number];

/** Points of each factor where the policy gives none of its own. */
export const DEFAULT_WEIGHTS: Readonly<Record<RiskFactorName, number>> = {
	privileged: 40,
	separation: 30,
	off_peer_group: 20,
	backdated: 15,
	new_identity: 10,
	off_hours: 10,
	widening: 5,
};

const MIN_GROUP = 5;
const RARE_BELOW_PERCENT = 10;

/** What is known of one action when its risk is assessed. */
export interface RiskFacts {
	compiled: CompiledPolicy;
	/** Gives access; what takes it away is only ever backdated or off hours. */
	gives: boolean;
	entitlement: Entitlement;
	separation: readonly SeparationHit[];
	/** How usual the entitlement is among the person's peers, where peers are known. */
	peers?: PeerShare;
	/** Open holdings of the person in any application. */
	held: number;
	asOf: string;
	dueAt: string;
	/** From when the change holds that the action follows from. */
	effectiveAt?: string;
}

function reasons(facts: RiskFacts): Partial<Record<RiskFactorName, string>> {
	const { compiled, entitlement, separation, peers, held, asOf, dueAt, effectiveAt } = facts;
	const found: Partial<Record<RiskFactorName, string>> = {};
	const { zone } = compiled;
	if (effectiveAt !== undefined && localTime(effectiveAt, zone).date < localTime(asOf, zone).date) {
		if (effectiveAt < asOf) found.backdated = `It holds since ${effectiveAt}, before the day on which we learnt of it`;
	}
	const closed = dueAt <= asOf ? outsideOfficeHours(compiled.policy, asOf) : undefined;
	if (closed !== undefined) found.off_hours = closed;
	if (!facts.gives) return found;
	if (entitlement.privileged) found.privileged = `${entitlement.name} is privileged`;
	const [hit] = separation;
	if (hit !== undefined) found.separation = `Separation of duties ${hit.rule}: conflicts with ${hit.conflictsWith}`;
	if (held === 0) found.new_identity = 'The person holds nothing yet';
	else found.widening = `It adds to ${held} holding(s)`;
	const { minGroup = MIN_GROUP, rareBelowPercent = RARE_BELOW_PERCENT } = compiled.policy.risk?.peers ?? {};
	if (peers !== undefined && peers.size >= minGroup) {
		const percent = (100 * peers.holders) / peers.size;
		if (percent < rareBelowPercent) {
			const share = `${peers.holders} of ${peers.size} peers (${peers.group}) hold it`;
			found.off_peer_group = `${share}; outlier score ${outlierScore(peers)}`;
		}
	}
	return found;
}

/**
 * The risk of one action. The formula is public and the same for everybody:
 *
 *     score = min(100, sum of the points of every factor that applies)
 *
 * | factor | applies where | points |
 * |---|---|---|
 * | `privileged` | the action gives a privileged entitlement | 40 |
 * | `separation` | a separation-of-duties rule is touched and the action is allowed all the same (approve, record, exempt) | 30 |
 * | `off_peer_group` | fewer than `risk.peers.rareBelowPercent` (10) percent of at least `minGroup` (5) peers hold it | 20 |
 * | `backdated` | what it follows from holds since an earlier day than the one on which we learnt of it | 15 |
 * | `new_identity` | it gives, and the person holds nothing yet | 10 |
 * | `off_hours` | it is due now, outside the policy's `calendar` | 10 |
 * | `widening` | it gives, and the person already holds something | 5 |
 *
 * `risk.weights` replaces points; a factor with 0 points is not shown.
 */
export function riskOf(facts: RiskFacts): Risk {
	const weights = { ...DEFAULT_WEIGHTS, ...facts.compiled.policy.risk?.weights };
	const because = reasons(facts);
	const factors: RiskFactor[] = RISK_FACTORS.flatMap((factor) => {
		const reason = because[factor];
		const points = weights[factor];
		return reason === undefined || points === 0 ? [] : [{ factor, points, because: reason }];
	});
	factors.sort((a, b) => b.points - a.points || (a.factor < b.factor ? -1 : 1));
	return {
		score: Math.min(
			100,
			factors.reduce((sum, { points }) => sum + points, 0),
		),
		factors,
	};
}

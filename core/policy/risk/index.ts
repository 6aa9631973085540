export { outlierScore, PeerGroups } from './peers';
export type { PeerCounts, PeerShare } from './peers';
export { DEFAULT_WEIGHTS, RISK_FACTORS, riskOf } from './score';
export type { RiskFacts, RiskFactorName } from './score';

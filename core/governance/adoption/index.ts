export { reconcileApplication } from './reconcile';
export type {
	Finding,
	FindingKind,
	PlannedCorrections,
	ReconcileHooks,
	ReconcileLedger,
	ReconcileOutcome,
	ReconcileRequest,
} from './types';

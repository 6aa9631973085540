/** Tables of people over time; see `schema.ts`. */
export interface LifecycleTables {
	identity_births: { identity_id: string; birth_date: string; birth_name: string | null };
	identity_managers: { identity_id: string; manager: string; since: string };
	lifecycle_statements: LifecycleStatementRow;
	lifecycle_references: { source: string; refers_to: string; event_id: string; type: 'cancel' | 'correct' };
	lifecycle_repeats: { source: string; external_id: string; event_id: string };
	lifecycle_findings: LifecycleFindingRow;
	lifecycle_reviews: LifecycleReviewRow;
	lifecycle_review_candidates: { identity_id: string; event_id: string };
	lifecycle_boundaries: { at: string; identity_id: string };
}

export interface LifecycleStatementRow {
	identity_id: string;
	event_id: string;
	known_at: string;
	source: string;
	valid_from: string;
	valid_until: string | null;
	created_at: string;
	/** JSON object: values by name. */
	facts: string;
	/** JSON: local moments as written. */
	local: string | null;
	voided_at: string | null;
}

export interface LifecycleFindingRow {
	id: string;
	code: string;
	level: 'note' | 'warning' | 'hold';
	identity_id: string | null;
	event_id: string | null;
	field: string | null;
	message: string;
	remedy: string;
	nearest: string | null;
	found_at: string;
	resolved_at: string | null;
	resolution: string | null;
	resolved_by: string | null;
}

export interface LifecycleReviewRow {
	event_id: string;
	/** JSON: what the event says of who its person is; pseudonyms where that is enough. */
	evidence: string;
	/** Its person's id in its source: later events under the same id wait as well. */
	id_key: string | null;
	opened_at: string;
	closed_at: string | null;
	decision: string | null;
}

/** Tables of what was found in applications; see `schema.ts`. */
export interface AdoptionTables {
	scim_profiles: {
		base_url: string;
		profile: string;
		schemas: string;
		discovered_at: string;
		updated_at: string;
	};
	adoptions: AdoptionRow;
	adoption_staging: StagedAccountRow;
	reconciliations: {
		id: string;
		application: string;
		policy_hash: string;
		execution_id: string | null;
		mode: 'report' | 'plan' | 'adopt';
		complete: number;
		counts: string;
		at: string;
	};
	past_writes: {
		/** Given by the database. */
		seq?: number;
		run: string;
		application: string;
		action: string | null;
		type: string;
		record: string;
		at: string;
	};
}

export interface AdoptionRow {
	application: string;
	identity_id: string;
	entitlement: string;
	owner: string;
	review_by: string;
	run: string;
	adopted_at: string;
}

export interface StagedAccountRow {
	run: string;
	identity_id: string;
	remote_id: string;
	external_id: string | null;
	user_name: string;
	active: number;
	/** JSON list of names. */
	entitlements: string;
	staged_at: string;
}

/** How a change of a resource is written (RFC 7644 §3.5.2). */
export type PatchForm =
	/** `{ op, path: "name.familyName", value }`. */
	| 'path'
	/** `{ op, value: { name: { familyName } } }` without a path. */
	| 'nested'
	/** PUT of the whole resource after a fresh read. */
	| 'put';

/** How members leave a group. None of them may be able to clear a group. */
export type MemberRemoveForm =
	/** `{ op: "remove", path: "members[value eq \"id\"]" }`, the form of RFC 7644. */
	| 'filter'
	/** `{ op: "remove", path: "members", value: [{ value: id }] }`, Entra's form. Some servers clear the group on it. */
	| 'value'
	/** Members in the value of an operation without path: `{ op: "remove", value: { members: [...] } }`. */
	| 'nested'
	/** `{ op: "replace", path: "members", value: [those who stay] }`; only where all members are shown. */
	| 'rest'
	/** PUT of the whole group, for adds too: servers that know no PATCH. Only where all members are shown. */
	| 'put';

/** How roles of an account are given and taken. */
export type RoleForm =
	/** `{ op: "add", path: "roles", value: [{ value }] }`, `{ op: "remove", path: "roles[value eq \"X\"]" }`. */
	| 'element'
	/** `{ op: "replace", path: "roles", value: [those wanted] }` after a fresh read. */
	| 'path'
	/** `{ op: "add", value: { roles: [{ value }] } }`. Gives only: servers that merge would keep what is left out. */
	| 'nested'
	/** PUT of the whole account after a fresh read. */
	| 'put';

export type PagingKind =
	/** RFC 7644 §3.4.2.4. */
	| 'index'
	/** RFC 9865: `cursor` with `nextCursor`. */
	| 'cursor'
	/** AWS: the first call carries a bare `cursor`, answers have no `totalResults`. */
	| 'bare_cursor'
	/** By `POST /.search` (RFC 7644 §3.4.3), where startIndex in the address is ignored. */
	| 'search'
	/** Everything in one answer. */
	| 'none';

export interface MembershipLimits {
	/** Adds and removes in one request at most. */
	changesPerRequest: number;
	/** Members in the value of one operation at most. */
	valuesPerOperation: number;
	/** Removals in one request at most, where they are fewer. */
	removesPerRequest?: number;
	operationsPerRequest: number;
	/** Whether adds and removes may share a request. */
	mixing: boolean;
	/** Whether a group shows its members. */
	readableMembers: boolean;
	removeForm: MemberRemoveForm;
	/** `rest`: an `add` throws out the other members, so all of them are named by one `replace`. */
	addForm?: 'rest';
	/** Members of a group at most. */
	maxMembers?: number;
}

export interface RateLimit {
	/** What it counts, e.g. `writes`, `POST Users`. */
	scope: string;
	requests: number;
	/** Seconds. */
	per: number;
}

export interface FilterAbility {
	/** User attributes that `eq` finds reliably, in lower case; `*` for any. */
	users: readonly string[];
	groups: readonly string[];
	/** Whether comparisons may be joined by `and`. */
	and: boolean;
	/** False where what a filter does not find may still exist (unsupported filters answered 200 and empty). */
	emptyIsProof: boolean;
	/** Whether `members.value eq` (with `id eq`, where joining works) finds the groups of a user. */
	members: boolean;
}

/** What an application can do: what its documentation says, what it says of itself, what a run learned. */
export interface Capabilities {
	patch: PatchForm;
	put: boolean;
	mediaType: 'application/scim+json' | 'application/json';
	paging: PagingKind;
	/** Entries of a page at most. */
	pageSize: number;
	filter: FilterAbility;
	/** `checked`: a stale If-Match is refused; `required`: a write without it is. */
	etag: 'none' | 'ignored' | 'checked' | 'required';
	membership: MembershipLimits;
	bulk: { maxOperations: number; maxPayloadBytes: number } | null;
	rate: readonly RateLimit[];
	/** What DELETE of a user does. */
	userDelete: 'deletes' | 'deactivates' | 'irreversible' | 'none';
	/** What `active: false` does. */
	deactivate: 'suspends' | 'removes_identity' | 'suspends_and_hides_login';
	/** Attributes that may be changed after creation, in lower case; absent where all may. */
	mutableUser?: readonly string[];
	mutableGroup?: readonly string[];
	/** Attributes that a new user must carry. */
	requiredUser: readonly string[];
	/** False where the application takes one value per multi-valued attribute. */
	multiValued: boolean;
	createGroups: boolean;
	/** `/ServiceProviderConfig` or, at Salesforce, `/ServiceProviderConfigs`. */
	configPath: 'ServiceProviderConfig' | 'ServiceProviderConfigs';
	/** Headers without which requests are refused. */
	userAgentRequired: boolean;
	/** Whether `attributes` and `excludedAttributes` may be sent (RFC 7644 §3.9). */
	projection: boolean;
	/** Whether `POST /.search` is answered (RFC 7644 §3.4.3). */
	search: boolean;
	/** Operations in one PATCH of a user at most. */
	userOperations: number;
	/** Attributes of users that aren't always shown again, in lower case: their absence says nothing. */
	hiddenUser: readonly string[];
	/** Attribute paths of users that no write form could change: the other forms are not tried for them again. */
	unwritable: readonly string[];
	/** Attribute paths whose texts the application keeps in a spelling of its own (case, blanks). */
	normalises: readonly string[];
	/** Path of the attribute that holds an account's roles (RFC 7643 §4.1.2); `null` where the application has none. */
	roleAttribute: string | null;
	roleForm: RoleForm;
	/** Whether a 409 may also mean "too fast" (AWS). */
	conflictMayThrottle: boolean;
	/** Times an entry was read after a write until it showed it: more than one at servers whose reads lag behind. */
	readsBehind: number;
}

export type CapabilityName = keyof Capabilities;

/** Where a capability is known from; later ones overrule earlier ones. */
export type CapabilityBasis = 'default' | 'documented' | 'discovered' | 'learned';

export interface CapabilityProfile {
	/** Key of the vendor profile it began with. */
	vendor: string;
	capabilities: Readonly<Capabilities>;
	/** Where each capability that is no default is known from, with the reason. */
	basis: Readonly<Partial<Record<CapabilityName, { from: CapabilityBasis; because: string }>>>;
}

/** A vendor as its public documentation describes it. */
export interface VendorProfile {
	id: string;
	name: string;
	/** Page or pages that the facts are from. */
	source: string;
	/** Whether this was ever run against the vendor's own server by us. */
	runAgainstReal: boolean;
	/** Base URLs of this vendor, as host suffixes. */
	hosts: readonly string[];
	capabilities: Partial<Omit<Capabilities, 'membership' | 'filter'>> & {
		membership?: Partial<MembershipLimits>;
		filter?: Partial<FilterAbility>;
	};
	/** What an administrator should know, in whole sentences. */
	notes: readonly string[];
}

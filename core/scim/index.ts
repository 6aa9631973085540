export { createAxiosHttp, type AxiosHttp, type AxiosHttpOptions, type EgressFilter } from './transport';
export { basicAuth, bearerAuth, clientCredentialsAuth, type ClientCredentials, type ScimAuth } from './auth';
export { ScimClient, type Traffic } from './client';
export type { ScimAnswer, ScimClientOptions } from './exchange';
export { DEFAULT_LIMITS, type ScimLimits } from './limits';
export type { Query } from './address';
export type { Sleep } from './retry';
export { isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from './errors';
export { andFilter, elementPath, equalsFilter } from './filter';
export { listAll, visitAll, type Coverage, type ListOptions, type Listing } from './pager';
export { AccountMatcher } from './match';
export { mapBounded } from './concurrency';
export { readAccount, type AccountKey, type AccountKeys, type AccountMatch } from './account-keys';
export { normaliseAttributes } from './attributes';
export {
	compareStates,
	differences,
	patchRequest,
	type Comparison,
	type PatchOperation,
	type PatchRequest,
} from './diff';
export { rulesOf, type DiffRules } from './diff-rules';
export { discover, type Discovery, type ResourceType } from './discovery';
export { findGroup, readGroup, type GroupState } from './groups';
export { MemberVisibility } from './member-visibility';
export { groupsOf, type UserGroups } from './user-groups';
export type { BulkTraffic } from './bulk';
export { offboard, type LeaverOptions, type LeaverReport, type LeaverStep } from './leaver';
export { deleteAccount, type DeletionProof } from './deletion';
export { changeMembers, type MemberChange, type MemberVerdict } from './membership';
export type { MembershipState } from './group-work';
export { applyActions, type ApplyOptions, type ApplyProgress, type ApplyReport } from './apply';
export type { AppliedAction } from './results';
export { isForScim } from './people';
export { valueAt } from './attribute-path';
export { rolesShown } from './role-attribute';
export { RoleReader } from './role-reader';
export type { RoleState } from './role-work';
export { testConnection, type ConnectionVerdict } from './probe';
export { asResource, attribute, emailsOf, isActive, type ScimObject, type ScimResource } from './resource';
export {
	GENERIC_CAPABILITIES,
	VENDOR_PROFILES,
	capabilityProfile,
	vendorOf,
	vendorProfile,
	withCapabilities,
	type Capabilities,
	type CapabilityBasis,
	type CapabilityName,
	type CapabilityProfile,
	type FilterAbility,
	type MemberRemoveForm,
	type MembershipLimits,
	type PagingKind,
	type PatchForm,
	type RateLimit,
	type RoleForm,
	type VendorProfile,
} from './profiles';
export { SchemaIndex, readSchemas, type AttributeDefinition, type SchemaDefinition } from './schemas';
export { createAccount, type AccountToCreate } from './account-create';
export { deactivateAccount, patchAccount } from './account-patch';
export type { AccountOutcome, AttributeVerdict } from './account-outcome';
export { versionOf } from './version';
export * from './desired';
export * from './undo';
export * from './catalogue';

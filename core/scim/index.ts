export { createAxiosHttp, type AxiosHttp, type AxiosHttpOptions, type EgressFilter } from './transport';
export { bearerAuth, clientCredentialsAuth, type ClientCredentials, type ScimAuth } from './auth';
export {
	DEFAULT_LIMITS,
	ScimClient,
	type ScimAnswer,
	type ScimClientOptions,
	type ScimLimits,
	type Traffic,
} from './client';
export type { Query } from './address';
export type { Sleep } from './retry';
export { isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from './errors';
export { andFilter, elementPath, equalsFilter } from './filter';
export { listAll, visitAll, type Coverage, type ListOptions, type Listing } from './pager';
export { AccountMatcher } from './match';
export { readAccount, type AccountKey, type AccountKeys, type AccountMatch } from './account-keys';
export { normaliseAttributes } from './attributes';
export { differences, patchRequest, type PatchOperation, type PatchRequest } from './diff';
export { MemberVisibility, findGroup, readGroup, type GroupState } from './groups';
export { changeMembers, type MemberChange, type MemberVerdict } from './membership';
export type { MembershipState } from './group-work';
export { applyActions, type ApplyOptions, type ApplyProgress, type ApplyReport } from './apply';
export type { AppliedAction } from './results';
export { testConnection, type ConnectionVerdict } from './probe';
export { asResource, attribute, emailsOf, isActive, type ScimObject, type ScimResource } from './resource';

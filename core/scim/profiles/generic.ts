import type { Capabilities, VendorProfile } from './profile';

/** What RFC 7644 promises, cautiously: nothing here is beyond what a conforming server must take. */
export const GENERIC_CAPABILITIES: Readonly<Capabilities> = {
	patch: 'path',
	put: true,
	mediaType: 'application/scim+json',
	paging: 'index',
	pageSize: 100,
	filter: { users: ['*'], groups: ['*'], and: true, emptyIsProof: true, members: true },
	etag: 'ignored',
	membership: {
		changesPerRequest: 100,
		valuesPerOperation: 100,
		operationsPerRequest: 100,
		mixing: true,
		readableMembers: true,
		removeForm: 'filter',
	},
	bulk: null,
	rate: [],
	userDelete: 'deletes',
	deactivate: 'suspends',
	requiredUser: ['userName'],
	multiValued: true,
	createGroups: true,
	configPath: 'ServiceProviderConfig',
	userAgentRequired: false,
	projection: true,
	search: true,
	userOperations: 100,
	hiddenUser: [],
	unwritable: [],
	normalises: [],
	roleAttribute: 'roles',
	roleForm: 'element',
	conflictMayThrottle: false,
	readsBehind: 1,
};

export const generic: VendorProfile = {
	id: 'generic',
	name: 'Any SCIM 2.0 application',
	source: 'RFC 7643, RFC 7644',
	runAgainstReal: false,
	hosts: [],
	capabilities: {},
	notes: [],
};

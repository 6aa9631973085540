export { GENERIC_CAPABILITIES } from './generic';
export { capabilityProfile, vendorOf, vendorProfile, withCapabilities } from './resolve';
export { VENDOR_PROFILES } from './vendors';
export type {
	Capabilities,
	CapabilityBasis,
	CapabilityName,
	CapabilityProfile,
	FilterAbility,
	MemberRemoveForm,
	MembershipLimits,
	PagingKind,
	PatchForm,
	RateLimit,
	RoleForm,
	VendorProfile,
} from './profile';

import { DomainError } from '../../model';
import { GENERIC_CAPABILITIES } from './generic';
import type { Capabilities, CapabilityBasis, CapabilityName, CapabilityProfile, VendorProfile } from './profile';
import { VENDOR_PROFILES } from './vendors';

/**
 * A vendor's profile by its id.
 *
 * @throws DomainError INPUT_INVALID where there is none of that name
 */
export function vendorProfile(id: string): VendorProfile {
	const found = VENDOR_PROFILES.find((each) => each.id === id);
	if (found !== undefined) return found;
	const known = VENDOR_PROFILES.map((each) => each.id).join(', ');
	throw new DomainError(
		'INPUT_INVALID',
		`There is no SCIM vendor profile "${id.slice(0, 40)}".`,
		`Use one of: ${known}.`,
	);
}

/** The vendor whose host a base URL is on; `generic` where none is known. Only whole labels of the name count. */
export function vendorOf(baseUrl: string): VendorProfile {
	let host: string;
	try {
		host = new URL(baseUrl).hostname.toLowerCase();
	} catch {
		return vendorProfile('generic');
	}
	const matches = (suffix: string) => host === suffix || host.endsWith(`.${suffix}`);
	return VENDOR_PROFILES.find(({ hosts }) => hosts.some(matches)) ?? vendorProfile('generic');
}

/** What is documented of a vendor, on top of what every server should take. */
export function capabilityProfile(vendor: VendorProfile): CapabilityProfile {
	const { membership, filter, ...plain } = vendor.capabilities;
	const start: CapabilityProfile = { vendor: vendor.id, capabilities: GENERIC_CAPABILITIES, basis: {} };
	return withCapabilities(
		start,
		{
			...plain,
			...(membership && { membership: { ...GENERIC_CAPABILITIES.membership, ...membership } }),
			...(filter && { filter: { ...GENERIC_CAPABILITIES.filter, ...filter } }),
		},
		'documented',
		vendor.source,
	);
}

/** A profile that knows more; the old one stays as it is. */
export function withCapabilities(
	profile: CapabilityProfile,
	found: Partial<Capabilities>,
	from: CapabilityBasis,
	because: string,
): CapabilityProfile {
	const names = Object.keys(found).sort() as CapabilityName[];
	if (names.length === 0) return profile;
	return {
		...profile,
		capabilities: { ...profile.capabilities, ...found },
		basis: { ...profile.basis, ...Object.fromEntries(names.map((name) => [name, { from, because }])) },
	};
}

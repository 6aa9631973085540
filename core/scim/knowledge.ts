import {
	GENERIC_CAPABILITIES,
	capabilityProfile,
	vendorOf,
	withCapabilities,
	type Capabilities,
	type CapabilityBasis,
	type CapabilityName,
	type CapabilityProfile,
} from './profiles';
import type { SchemaIndex } from './schemas';

const RANK: Readonly<Record<CapabilityBasis, number>> = { default: 0, documented: 1, discovered: 2, learned: 3 };

/**
 * What one client knows of its application, shared by all views of the client: the profile it began with, what the
 * application says of itself, and what was learned on the way. Plain data: `profile` can be stored and handed to the
 * next run.
 */
export class Knowledge {
	#profile: CapabilityProfile;
	/** The application's own schemas, once discovery has read them. */
	schemas: SchemaIndex | undefined;
	/** `useless` once an entry stayed as it was however often it was read after a write. */
	patience: 'untried' | 'useless' = 'untried';
	/** Whether listings show as much of an entry as a read of it alone. */
	listings: 'unknown' | 'whole' | 'partial' = 'unknown';
	/** Whether a second account with the same userName is refused; `undefined` until somebody had to know. */
	uniqueNames: Promise<boolean> | undefined;

	constructor(baseUrl: string, profile?: CapabilityProfile) {
		const { capabilities, ...rest } = profile ?? capabilityProfile(vendorOf(baseUrl));
		// A profile that an earlier version stored doesn't know of everything.
		this.#profile = { ...rest, capabilities: { ...GENERIC_CAPABILITIES, ...capabilities } };
	}

	get profile(): CapabilityProfile {
		return this.#profile;
	}

	get capabilities(): Readonly<Capabilities> {
		return this.#profile.capabilities;
	}

	/** Evidence from a run. */
	learn(found: Partial<Capabilities>, because: string): void {
		this.#take(found, 'learned', because);
	}

	/** What the application says of itself: overrules documents, not evidence. */
	discover(found: Partial<Capabilities>, because: string): void {
		const open = Object.entries(found).filter(([name]) => {
			const known = this.#profile.basis[name as CapabilityName];
			return known === undefined || RANK[known.from] <= RANK.discovered;
		});
		this.#take(Object.fromEntries(open), 'discovered', because);
	}

	#take(found: Partial<Capabilities>, from: CapabilityBasis, because: string): void {
		this.#profile = withCapabilities(this.#profile, found, from, because);
	}
}

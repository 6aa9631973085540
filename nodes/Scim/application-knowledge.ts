import { canonicalJson, isDomainError } from '../../core/model';
import {
	discover,
	GENERIC_CAPABILITIES,
	readSchemas,
	SchemaIndex,
	type AttributeDefinition,
	type CapabilityProfile,
	type ScimClient,
} from '../../core/scim';
import type { LedgerApi } from '../../core/store';

/** After so long an application is asked about itself anew, and what was learned of it is forgotten: it may have changed. */
const MAX_AGE_MS = 7 * 86_400_000;

type ProfileStore = Pick<LedgerApi, 'readScimProfile' | 'saveScimProfile'>;

/** What earlier runs know of one application, and what this one adds to it. */
export class ApplicationKnowledge {
	#discoveredAt: string | undefined;
	#schemas: readonly unknown[] = [];
	#kept = '';

	private constructor(
		readonly store: ProfileStore,
		readonly baseUrl: string,
		readonly profile: CapabilityProfile | undefined,
	) {}

	static async of(store: ProfileStore, baseUrl: string): Promise<ApplicationKnowledge> {
		const known = await store.readScimProfile(baseUrl);
		const fresh = known !== undefined && Date.now() - Date.parse(known.discoveredAt) < MAX_AGE_MS;
		const knowledge = new ApplicationKnowledge(store, baseUrl, fresh ? profileOf(known.profile) : undefined);
		if (fresh && knowledge.profile !== undefined) {
			knowledge.#discoveredAt = known.discoveredAt;
			knowledge.#schemas = known.schemas;
			knowledge.#kept = canonicalJson(knowledge.profile);
		}
		return knowledge;
	}

	/** Schemas in the form of RFC 7643 §7. */
	get schemas(): readonly unknown[] {
		return this.#schemas;
	}

	/** Gives a client what is known; where nothing is, it asks the application (three reads). */
	async introduce(client: ScimClient): Promise<void> {
		if (this.#discoveredAt !== undefined) {
			if (this.#schemas.length > 0) client.takeDiscovery({}, '', new SchemaIndex(readSchemas(this.#schemas)));
			return;
		}
		try {
			const { schemas } = await discover(client);
			this.#schemas = [...schemas.schemas.values()].map(({ id, name, attributes }) => ({
				id,
				name,
				attributes: [...attributes.values()].map(plain),
			}));
			this.#discoveredAt = new Date().toISOString();
		} catch (error) {
			// Some applications keep these pages from whoever may manage users. What is really wrong, the next request tells.
			if (!isDomainError(error)) throw error;
		}
	}

	/** Keeps what is known now for the next run. */
	async keep(profile: CapabilityProfile): Promise<void> {
		if (this.#discoveredAt === undefined) return;
		const text = canonicalJson(profile);
		if (text === this.#kept) return;
		this.#kept = text;
		const { baseUrl } = this;
		await this.store.saveScimProfile({ baseUrl, profile, schemas: this.#schemas, discoveredAt: this.#discoveredAt });
	}
}

/** A profile that an older version kept may lack what this one asks for. */
function profileOf(kept: unknown): CapabilityProfile | undefined {
	const profile = kept as Partial<CapabilityProfile> | null;
	if (typeof profile !== 'object' || profile?.capabilities === undefined || profile.basis === undefined)
		return undefined;
	return {
		vendor: profile.vendor ?? 'generic',
		capabilities: { ...GENERIC_CAPABILITIES, ...profile.capabilities },
		basis: profile.basis,
	};
}

function plain({ name, sub, path: _path, ...rest }: AttributeDefinition): object {
	return { name, ...rest, ...(sub.size === 0 ? {} : { subAttributes: [...sub.values()].map(plain) }) };
}

/** What people and later nodes see of a profile: how the application is written to, and what a run found out. */
export function profileItem({ vendor, capabilities, basis }: CapabilityProfile): Record<string, unknown> {
	const { patch, mediaType, paging, pageSize, etag, bulk, membership } = capabilities;
	const learned = Object.entries(basis)
		.filter(([, known]) => known.from === 'learned')
		.map(([name]) => name);
	return {
		vendor,
		patch,
		mediaType,
		paging,
		pageSize,
		etag,
		bulk: bulk !== null,
		removeMembers: membership.removeForm,
		...(learned.length === 0 ? {} : { learned }),
	};
}

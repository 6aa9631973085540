import type { Clock, HttpRequest } from '../ports';
import type { Query } from './address';
import { Exchange, type ScimAnswer, type ScimClientOptions } from './exchange';
import type { ScimLimits } from './limits';
import type { Capabilities, CapabilityProfile } from './profiles';
import type { SchemaIndex } from './schemas';
import type { Sleep } from './retry';

/** Requests sent, repeats included. */
export interface Traffic {
	reads: number;
	writes: number;
}

interface Content {
	query?: Query;
	body?: unknown;
	ifMatch?: string | undefined;
	read?: boolean;
}

/** A write that is about to be sent. */
export interface WriteToSend {
	method: Exclude<HttpRequest['method'], 'GET'>;
	path: readonly string[];
	body?: unknown;
	ifMatch?: string | undefined;
}

/** Takes the writes of a view: sends them alone, or sees to it that they go out otherwise and counts them. */
export type WriteDoor = (write: WriteToSend, ways: WriteWays) => Promise<ScimAnswer>;

export interface WriteWays {
	alone: () => Promise<ScimAnswer>;
	/** The write went out with others: it counts for this view only. */
	count: () => void;
}

/**
 * Requests to one SCIM 2.0 application. Knows authentication, pace, retries and errors; knows nothing of users and groups
 * but what the application was found to take (`profile`).
 * Everything goes below the base URL, so credentials never reach another origin.
 *
 * Rejects with DomainError SCIM_FAILED, which `statusOf`, `scimTypeOf`, `isAmbiguous` and `retryAfterOf` read. A write
 * that may have been carried out although it failed is `ambiguous`: it was sent once, and the caller looks before
 * sending it again.
 *
 * @example
 * const client = new ScimClient({ http, baseUrl: 'https://host/scim/v2', auth: bearerAuth(token), userAgent, clock, sleep });
 * const answer = await client.get(['Users', id]);
 */
export class ScimClient {
	readonly #exchange: Exchange;
	readonly #counters: readonly Traffic[];
	readonly #door: WriteDoor | undefined;

	constructor(options: ScimClientOptions | { exchange: Exchange; counters: readonly Traffic[]; door?: WriteDoor }) {
		const view = 'exchange' in options ? options : { exchange: new Exchange(options), counters: [] };
		this.#exchange = view.exchange;
		this.#door = 'door' in view ? view.door : undefined;
		this.#counters = [...view.counters, { reads: 0, writes: 0 }];
	}

	/**
	 * The same client with a counter of its own, at the same pace; what it sends counts here too.
	 *
	 * @param door takes the writes of the new view, and of views of it
	 */
	tracked(door = this.#door): ScimClient {
		return new ScimClient({ exchange: this.#exchange, counters: this.#counters, ...(door && { door }) });
	}

	get limits(): Readonly<ScimLimits> {
		return this.#exchange.limits;
	}

	get clock(): Clock {
		return this.#exchange.options.clock;
	}

	get sleep(): Sleep {
		return this.#exchange.options.sleep;
	}

	/** Requests sent through this view. */
	get traffic(): Readonly<Traffic> {
		return { ...(this.#counters.at(-1) ?? { reads: 0, writes: 0 }) };
	}

	/** What is known of the application so far: documented, discovered, learned. Plain data; store it for the next run. */
	get profile(): CapabilityProfile {
		return this.#exchange.knowledge.profile;
	}

	get capabilities(): Readonly<Capabilities> {
		return this.#exchange.knowledge.capabilities;
	}

	/** The application's own schemas; `undefined` until `discover` has read them. */
	get schemas(): SchemaIndex | undefined {
		return this.#exchange.knowledge.schemas;
	}

	/** Whether reading an entry again and again after a write ever paid; for all views of this client. */
	get patience(): 'untried' | 'useless' {
		return this.#exchange.knowledge.patience;
	}

	set patience(found: 'untried' | 'useless') {
		this.#exchange.knowledge.patience = found;
	}

	/** Whether listings show as much of an entry as a read of it alone; for all views of this client. */
	get listings(): 'unknown' | 'whole' | 'partial' {
		return this.#exchange.knowledge.listings;
	}

	set listings(found: 'unknown' | 'whole' | 'partial') {
		this.#exchange.knowledge.listings = found;
	}

	/** Whether a second account with the same userName is refused; `undefined` until somebody had to know. */
	get uniqueNames(): Promise<boolean> | undefined {
		return this.#exchange.knowledge.uniqueNames;
	}

	set uniqueNames(found: Promise<boolean> | undefined) {
		this.#exchange.knowledge.uniqueNames = found;
	}

	/** Takes over evidence of what the application can do, for all views of this client. */
	learn(found: Partial<Capabilities>, because: string): void {
		this.#exchange.knowledge.learn(found, because);
	}

	/** Takes over what the application says of itself. */
	takeDiscovery(found: Partial<Capabilities>, because: string, schemas?: SchemaIndex): void {
		this.#exchange.knowledge.discover(found, because);
		if (schemas !== undefined) this.#exchange.knowledge.schemas = schemas;
	}

	/** @param path segments below the base URL, not encoded, e.g. `['Users', id]`. */
	get(path: readonly string[], query: Query = {}): Promise<ScimAnswer> {
		return this.#send('GET', path, { query });
	}

	/** A read by `POST /{collection}/.search` (RFC 7644 §3.4.3): counted and repeated as a read. */
	search(collection: string, body: unknown): Promise<ScimAnswer> {
		return this.#send('POST', [collection, '.search'], { body, read: true });
	}

	post(path: readonly string[], body: unknown): Promise<ScimAnswer> {
		return this.#send('POST', path, { body });
	}

	/** @param ifMatch version that the resource must still have (RFC 7644 §3.14) */
	patch(path: readonly string[], body: unknown, ifMatch?: string): Promise<ScimAnswer> {
		return this.#send('PATCH', path, { body, ifMatch });
	}

	put(path: readonly string[], body: unknown, ifMatch?: string): Promise<ScimAnswer> {
		return this.#send('PUT', path, { body, ifMatch });
	}

	delete(path: readonly string[], ifMatch?: string): Promise<ScimAnswer> {
		return this.#send('DELETE', path, { ifMatch });
	}

	#send(method: HttpRequest['method'], path: readonly string[], content: Content): Promise<ScimAnswer> {
		const { body, ifMatch, read } = content;
		if (method === 'GET' || read === true || this.#door === undefined) return this.#alone(method, path, content);
		const count = (): void => {
			const own = this.#counters.at(-1);
			if (own !== undefined) own.writes++;
		};
		return this.#door({ method, path, body, ifMatch }, { alone: () => this.#alone(method, path, content), count });
	}

	#alone(method: HttpRequest['method'], path: readonly string[], content: Content): Promise<ScimAnswer> {
		const { ifMatch, ...rest } = content;
		const kind = method === 'GET' || content.read === true ? 'reads' : 'writes';
		const onSend = (): void => {
			for (const counter of this.#counters) counter[kind]++;
		};
		return this.#exchange.send({
			method,
			path,
			...rest,
			...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }),
			onSend,
		});
	}
}

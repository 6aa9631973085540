import { ScimClient, bearerAuth, createAxiosHttp, type ScimClientOptions } from '../../../../core/scim';
import { TOKEN } from './scimmy-server';

/** A client whose waits pass at once: they move its clock, and are noted. */
export interface TestClient {
	client: ScimClient;
	waits: number[];
	close(): void;
}

export function connect(baseUrl: string, options: Partial<ScimClientOptions> = {}): TestClient {
	let now = Date.UTC(2026, 10, 20);
	const waits: number[] = [];
	const http = createAxiosHttp({ concurrency: 8 });
	const client = new ScimClient({
		http,
		baseUrl,
		auth: bearerAuth(TOKEN),
		userAgent: 'contract-provisioning-test',
		clock: () => now,
		sleep: async (milliseconds) => {
			waits.push(milliseconds);
			// Sleepers side by side wait for the same time, not one after the other.
			const until = now + milliseconds;
			await Promise.resolve();
			now = Math.max(now, until);
		},
		...options,
	});
	return { client, waits, close: () => http.close() };
}

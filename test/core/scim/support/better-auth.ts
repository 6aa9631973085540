import { bearerAuth, discover } from '../../../../core/scim';
import { BETTER_AUTH_TOKEN, startBetterAuth } from '../../../support/better-auth-server';
import { connect, type TestClient } from './client';

/** A client that knows what a @better-auth/scim of its own can do. */
export async function connectBetterAuth(): Promise<TestClient> {
	const server = await startBetterAuth();
	const connection = connect(server.baseUrl, { auth: bearerAuth(BETTER_AUTH_TOKEN) });
	await discover(connection.client);
	return {
		...connection,
		close: () => {
			connection.close();
			server.close();
		},
	};
}

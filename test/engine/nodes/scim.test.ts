import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScimOAuth2Api } from '../../../credentials/ScimOAuth2Api.credentials';
import { startScene, amendedEvent, signedEvent, DERMOT, type Scene } from '../amendment/scene';
import { runNode } from './one-node';

let scene: Scene;
beforeEach(async () => {
	scene = await startScene();
});
afterEach(async () => {
	await scene.stop();
});

const PARAMETERS = { operation: 'applyActions', application: 'github', scope: 'due' };
const ledgerFileOf = (at: Scene) => at.options.credentials?.['accessLedgerApi']?.['file'] as string;

/** An authorisation server (RFC 6749 §4.4) that knows one client and gives the application's own token. */
async function startTokenServer(token: string) {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		const basic = `Basic ${Buffer.from('client:s%2Fecret').toString('base64')}`;
		requests.push(request.headers.authorization ?? '');
		const known = request.headers.authorization === basic && request.method === 'POST';
		response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify(
				known ? { access_token: token, token_type: 'Bearer', expires_in: 3600 } : { error: 'invalid_client' },
			),
		);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
		requests,
		stop: () => server.close(),
	};
}

describe('SCIM: Apply Actions', () => {
	it('carries out what is due and left over from an earlier run, and writes nothing the second time', async () => {
		await scene.send(signedEvent());
		// The application is left out of the first run, as if it had been added later.
		for (const node of scene.options.workflow.nodes) if (node.name === 'Apply to GitHub') node.disabled = true;
		await scene.send(amendedEvent());
		expect((await scene.github.holdings()).accounts[DERMOT]).toEqual({ active: true });

		const credentials = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: scene.github.token } };
		const first = await runNode('scim', PARAMETERS, [{}], { credentials, file: ledgerFileOf(scene) });
		expect(first.items('Node', 1).length).toBeGreaterThan(0);
		expect((await scene.github.holdings()).accounts[DERMOT]).toEqual({ active: false });

		const writes = await scene.github.writes();
		const second = await runNode('scim', PARAMETERS, [{}], { credentials, file: ledgerFileOf(scene) });
		expect(second.items('Node', 1)).toEqual([]);
		expect(await scene.github.writes()).toEqual(writes);
	});

	it('works with OAuth2 client credentials, and fetches one token for the whole run', async () => {
		const tokens = await startTokenServer(scene.github.token);
		await scene.send(signedEvent());
		for (const node of scene.options.workflow.nodes) if (node.name === 'Apply to GitHub') node.disabled = true;
		await scene.send(amendedEvent());
		const scimOAuth2Api = {
			baseUrl: scene.github.baseUrl,
			tokenUrl: tokens.url,
			clientId: 'client',
			clientSecret: 's/ecret',
		};
		const run = await runNode('scim', { ...PARAMETERS, authentication: 'oAuth2' }, [{}], {
			credentials: { scimOAuth2Api },
			file: ledgerFileOf(scene),
		});
		tokens.stop();
		expect(run.items('Node', 0)).toEqual([]);
		expect((await scene.github.holdings()).accounts[DERMOT]).toEqual({ active: false });
		expect(tokens.requests).toHaveLength(1);
	});

	it('leaves everything to be done again when the token is refused, and shows no secret', async () => {
		for (const node of scene.options.workflow.nodes) if (node.name === 'Apply to GitHub') node.disabled = true;
		await scene.send(signedEvent());
		const credentials = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: 'a-wrong-token-1234567890' } };
		const run = await runNode('scim', PARAMETERS, [{}], { credentials, file: ledgerFileOf(scene) });
		expect(run.items('Node', 1)).toEqual([]);
		expect(run.items('Node', 0).length).toBeGreaterThan(0);
		expect(JSON.stringify(run.data)).not.toContain('a-wrong-token-1234567890');
		expect(JSON.stringify(run.items('Node', 0))).toMatch(/401|token/i);

		const right = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: scene.github.token } };
		const again = await runNode('scim', PARAMETERS, [{}], { credentials: right, file: ledgerFileOf(scene) });
		expect(again.items('Node', 0)).toEqual([]);
		expect(again.items('Node', 1).length).toBeGreaterThan(0);
	});

	it('passes on what belongs to other applications', async () => {
		const { run } = await scene.send(signedEvent());
		const others = run?.items('Apply to GitHub', 2).map((item) => item['application']) ?? [];
		expect(new Set(others)).toEqual(new Set(['slack']));
	});

	it('tells of an action that the ledger does not know', async () => {
		const credentials = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: scene.github.token } };
		const run = await runNode('scim', { ...PARAMETERS, scope: 'items' }, [{ actionId: 'act_made_up' }], {
			credentials,
		});
		expect(run.items('Node', 0)).toMatchObject([{ actionId: 'act_made_up', error: { code: 'INPUT_INVALID' } }]);
	});
});

describe('SCIM OAuth2 API credential', () => {
	it('fetches its token with HTTP Basic and percent-encoded client data, as RFC 6749 §2.3.1 says', async () => {
		const tokens = await startTokenServer('the-token');
		const httpRequest = async (options: { url: string; headers: Record<string, string>; body: URLSearchParams }) => {
			const response = await fetch(options.url, { method: 'POST', headers: options.headers, body: options.body });
			return (await response.json()) as object;
		};
		const credentials = { tokenUrl: tokens.url, clientId: 'client', clientSecret: 's/ecret', scope: '' };
		const fetched = await new ScimOAuth2Api().preAuthentication.call({ helpers: { httpRequest } }, credentials);
		tokens.stop();
		expect(fetched).toEqual({ accessToken: 'the-token' });
	});
});

describe('SCIM: Verify', () => {
	it('flags the account that somebody switched on again behind our back, and says which are inactive', async () => {
		await scene.send(signedEvent());
		await scene.send(amendedEvent());
		const credentials = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: scene.github.token } };
		const file = ledgerFileOf(scene);
		const parameters = { operation: 'verify', application: 'github', accountsOf: 'inactive' };
		const before = await runNode('scim', parameters, [{}], { credentials, file });
		expect(before.items('Node', 0)).toEqual([]);
		const [account] = before.items('Node', 1);
		expect(account).toMatchObject({ userName: DERMOT, active: false, verdict: 'inactive' });

		await fetch(`${scene.github.baseUrl}/Users/${account?.['remoteId'] as string}`, {
			method: 'PATCH',
			headers: { authorization: `Bearer ${scene.github.token}`, 'content-type': 'application/scim+json' },
			body: JSON.stringify({
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [{ op: 'replace', path: 'active', value: true }],
			}),
		});
		const people = [{ identityId: account?.['identityId'] as string }];
		const again = await runNode('scim', { ...parameters, accountsOf: 'items' }, people, { credentials, file });
		expect(again.items('Node', 0)).toMatchObject([{ userName: DERMOT, verdict: 'still_active' }]);
		expect(again.items('Node', 1)).toEqual([]);
	});

	it('asks for people where the items name none', async () => {
		const credentials = { scimBearerTokenApi: { baseUrl: scene.github.baseUrl, token: scene.github.token } };
		const parameters = { operation: 'verify', application: 'github', accountsOf: 'items' };
		const run = await runNode('scim', parameters, [{}], { credentials, file: ledgerFileOf(scene) });
		expect(run.error).toMatch(/names a person/);
	});
});

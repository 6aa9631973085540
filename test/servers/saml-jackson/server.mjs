// A real SCIM server in its own process: @boxyhq/saml-jackson over its engine in memory.
// Prints { url, token } after what the library announces; ends with its standard input. /truth/{group id} says who is in a group: its SCIM side never does.
import { createServer } from 'node:http';
import jackson from '@boxyhq/saml-jackson';

const TENANT = { tenant: 'test', product: 'test' };
const { directorySyncController: sync } = await jackson.controllers({
	externalUrl: 'http://127.0.0.1',
	samlAudience: 'test',
	samlPath: '/saml',
	scimPath: '/scim',
	db: { engine: 'mem' },
	noAnalytics: true,
	openid: {},
});
const { data: directory, error } = await sync.directories.create({
	name: 'test',
	...TENANT,
	type: 'generic-scim-v2',
});
if (error) throw new Error(error.message);

const server = createServer(async (request, response) => {
	const answer = await answerTo(request).catch((failure) => ({ status: 500, data: { detail: String(failure) } }));
	response.writeHead(answer.status, { 'content-type': 'application/scim+json' });
	response.end(JSON.stringify(answer.data));
});

async function answerTo(request) {
	const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
	const [area, type = '', id] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
	if (area === 'truth') return { status: 200, data: await membersOf(type) };
	const chunks = await Array.fromAsync(request);
	const text = Buffer.concat(chunks).toString('utf8');
	const number = (name) => (searchParams.has(name) ? Number(searchParams.get(name)) : undefined);
	return sync.requests.handle(
		{
			method: request.method,
			directoryId: directory.id,
			resourceType: type.toLowerCase(),
			resourceId: id,
			apiSecret: (request.headers.authorization ?? '').replace(/^Bearer /, ''),
			body: text === '' ? undefined : JSON.parse(text),
			query: {
				count: number('count'),
				startIndex: number('startIndex'),
				filter: searchParams.get('filter') ?? undefined,
			},
		},
		async () => undefined,
	);
}

async function membersOf(groupId) {
	const groups = sync.groups.setTenantAndProduct(TENANT.tenant, TENANT.product);
	const { data } = await groups.getGroupMembers({ groupId });
	return data.map(({ user_id }) => user_id);
}

server.listen(0, '127.0.0.1', () => {
	const url = `http://127.0.0.1:${server.address().port}/scim`;
	process.stdout.write(`${JSON.stringify({ url, token: directory.scim.secret })}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

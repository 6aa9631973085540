import { listAll } from '../../../core/scim';
import { Stage } from './support/stage';

// On Express 5 this scimmy reads no numbers from the address: startIndex and count are ignored.
const stage = Stage.set('express5');

test('thousands of accounts are listed to the end although startIndex is ignored', async () => {
	for (let index = 0; index < 1200; index++) stage.server.addUser({ userName: `u${index}@x.example` });
	const { client } = stage.connection;
	const listing = await listAll(client, 'Users');
	expect([listing.complete, listing.resources.length]).toEqual([true, 1200]);
	expect(client.traffic.writes).toBe(0);
	// The first page in vain, the second one repeated; then by search, and from there on at once.
	expect(client.traffic.reads).toBe(2 + 12);
	const again = client.tracked();
	await listAll(again, 'Users');
	expect(again.traffic.reads).toBe(12);
}, 60_000);

test('nothing is guessed where POST /.search is not offered either', async () => {
	for (let index = 0; index < 250; index++) stage.server.addUser({ userName: `u${index}@x.example` });
	stage.proxy.fault(({ path }) => (path.includes('.search') ? { status: 404, body: '{}' } : undefined));
	expect(await listAll(stage.connection.client, 'Users')).toMatchObject({
		complete: false,
		reason: expect.stringContaining('repeats') as unknown,
	});
});

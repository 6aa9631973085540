// A real SCIM server in its own process: @better-auth/scim over the memory adapter. ESM only, hence no part of a Jest file.
// Prints its port; ends with its standard input.
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { getAuthTables } from 'better-auth/db';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { scim } from '@better-auth/scim';

const token = process.argv[2];
const rateLimit = process.argv[3] === 'limited';
const plugins = [scim({ connections: [{ id: 'test', credentials: [{ type: 'bearer', id: 'one', token }] }] })];
const db = Object.fromEntries(Object.values(getAuthTables({ plugins })).map(({ modelName }) => [modelName, []]));
const auth = betterAuth({
	database: memoryAdapter(db),
	secret: 'a-secret-of-the-test-only-0123456789',
	baseURL: 'http://127.0.0.1',
	logger: { disabled: true },
	rateLimit: { enabled: rateLimit, window: 2, max: 10, storage: 'memory' },
	advanced: { ipAddress: { ipAddressHeaders: ['x-test-ip'] } },
	plugins,
});
const handle = toNodeHandler(auth);
const server = createServer((request, response) => {
	request.headers['x-test-ip'] = '127.0.0.1';
	void handle(request, response);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

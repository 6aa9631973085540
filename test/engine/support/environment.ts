import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core reads these when it is loaded, so this file is imported before it. Each test file has a folder of its own:
// ledgers under the n8n user folder don't meet.
export const userFolder = mkdtempSync(path.join(tmpdir(), 'engine-'));

process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-tests-only';
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

// Loading n8n-core and the package takes seconds with a cold cache, which falls on the first test of a file.
jest.setTimeout(60_000);

afterAll(() => {
	rmSync(userFolder, { recursive: true, force: true });
});

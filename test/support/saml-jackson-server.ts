import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** @boxyhq/saml-jackson as it comes from npm, in a process of its own. */
export interface JacksonServer {
	baseUrl: string;
	token: string;
	/** Ids of the members of a group, which its SCIM interface shows to nobody. */
	membersOf(groupId: string): Promise<string[]>;
	close(): void;
}

const SCRIPT = path.resolve(__dirname, '../servers/saml-jackson/server.mjs');

/** `npm run test:e2e` installs what it needs. */
export async function startJackson(): Promise<JacksonServer> {
	const child = spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
	let told = '';
	child.stderr.on('data', (data: Buffer) => (told = (told + data.toString('utf8')).slice(-2000)));
	const { url, token } = await addressOf(child.stdout, () => told);
	return {
		baseUrl: url,
		token,
		membersOf: async (groupId) => {
			const answer = await fetch(new URL(`/truth/${encodeURIComponent(groupId)}`, url));
			return ((await answer.json()) as string[]).sort();
		},
		close: () => void child.kill(),
	};
}

/** The library announces itself first. */
async function addressOf(output: Readable, told: () => string): Promise<{ url: string; token: string }> {
	for await (const line of createInterface({ input: output }))
		if (line.startsWith('{')) return JSON.parse(line) as { url: string; token: string };
	throw new Error(`saml-jackson ended before it listened:\n${told()}`);
}

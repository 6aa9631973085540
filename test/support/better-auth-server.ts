import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export const BETTER_AUTH_TOKEN = 'better-auth-test-token-0123456789abcdef';

/** @better-auth/scim as it comes from npm, in a process of its own. */
export interface BetterAuthServer {
	baseUrl: string;
	close(): void;
}

/** @param mode `limited`: ten requests in two seconds, then 429 with better-auth's own header. */
export async function startBetterAuth(mode: 'free' | 'limited' = 'free'): Promise<BetterAuthServer> {
	const script = path.join(__dirname, 'better-auth-scim.mjs');
	const child = spawn(process.execPath, [script, BETTER_AUTH_TOKEN, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
	const port = await firstLine(child);
	return {
		baseUrl: `http://127.0.0.1:${port}/api/auth/scim/v2`,
		close: () => void child.kill(),
	};
}

function firstLine(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		child.stdout?.on('data', (data: Buffer) => {
			text += data.toString('utf8');
			if (text.includes('\n')) resolve(text.trim());
		});
		child.once('exit', (code) => reject(new Error(`better-auth ended with ${String(code)} before it listened`)));
	});
}

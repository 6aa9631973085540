import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

jest.setTimeout(240_000);

/** Process ids below a process, at any depth. */
function descendants(pid: number): number[] {
	const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const children = table.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
	return children.flatMap((child) => [child, ...descendants(child)]);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

const answers = (url: string) =>
	fetch(url).then(
		({ status }) => status,
		() => 'nobody listens',
	);

describe('npm start', () => {
	let child: ChildProcess | undefined;
	let output = '';

	/** Resolves when a line with the words was printed; rejects when the process ends before. */
	const printed = (started: ChildProcess, words: string) =>
		new Promise<void>((resolve, reject) => {
			const look = () => {
				if (output.includes(words)) resolve();
			};
			started.stdout?.on('data', look);
			started.once('exit', (code) => reject(new Error(`It ended with ${code} and had printed:\n${output}`)));
			look();
		});

	afterAll(() => {
		if (child?.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
	});

	it('ends by itself with --once, its last line the result for machines', () => {
		const printedLines = execFileSync(process.execPath, ['tools/node24.js', 'tools/start.js', '--once'], {
			cwd: ROOT,
			encoding: 'utf8',
		});
		const last = printedLines.trimEnd().split('\n').at(-1) ?? '';
		const { event_to_access_ms: time, ...result } = JSON.parse(last) as Record<string, unknown>;
		expect(result).toEqual({ actions: 9, scheduled: 27, verified: 8, pending_approvals: 1, audit: 'intact' });
		expect(time).toBeGreaterThan(0);
	});

	it('stays up with the editor open to its owner until Ctrl-C, which leaves nothing running', async () => {
		child = spawn(process.execPath, ['tools/node24.js', 'tools/start.js'], { cwd: ROOT, detached: true });
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString('utf8');
		});
		await printed(child, 'Ctrl-C stops everything.');
		expect(output).not.toContain('NOT AS EXPECTED');

		const editor = /http:\/\/\S+\/workflow\/\S+/.exec(output)?.[0] ?? '';
		const [, email] = /Sign in as +(\S+)/.exec(output) ?? [];
		const [, password] = /Password +(\S+)/.exec(output) ?? [];
		expect(await answers(editor)).toBe(200);
		const login = await fetch(new URL('/rest/login', editor), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ emailOrLdapLoginId: email, password }),
		});
		expect(login.status).toBe(200);

		const pid = child.pid ?? 0;
		const started = descendants(pid);
		expect(started.length).toBeGreaterThanOrEqual(4); // the main job, n8n and two SCIM applications
		const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve));
		process.kill(-pid, 'SIGINT');
		expect(await ended).toBe(0);
		expect(started.filter(isAlive)).toEqual([]);
		expect(await answers(editor)).toBe('nobody listens');
	});
});

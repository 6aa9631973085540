import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Finding, ReconcileOutcome } from '../../../core/governance';
import { DomainError } from '../../../core/model';
import type { Http } from '../../../core/ports';
import type { ScimAuth } from '../../../core/scim';
import type { LedgerApi } from '../../../core/store';
import { packError, unpackError } from '../../runtime/worker';
import type { FromThread, Questions, ReconcileStart, ToThread } from './message';

export type { ReconcileStart } from './message';

/** What the thread asks of whoever started it. */
export interface ReconcileServices {
	http: Http;
	auth: ScimAuth;
	ledger: LedgerApi;
	onFindings: (findings: readonly Finding[]) => void;
	onProgress: (progress: { phase: string; done: number }) => void;
}

/** Heap of a comparison: 100,000 accounts with their memberships take about 400 MB. */
const MAX_MEMORY_MB = 1_536;

/** The only methods of the ledger that comparing needs: a message of the thread names no other. */
const METHODS: ReadonlySet<string> = new Set([
	'accountsPage',
	'heldEntitlements',
	'holdersPage',
	'identityHits',
	'adoptionsToReview',
	'timelines',
	'peopleState',
	'guardInputs',
	'stageAdoption',
	'adopt',
	'saveReconciliation',
	'lastDryRun',
	'pastWritesIn',
	'savePlan',
]);

/**
 * Compares an application with the ledger in a thread of its own. Requests, the token and the ledger stay on this side;
 * what it takes is reading answers and comparing, which grow with the application.
 *
 * @param signal ends it early
 * @throws DomainError of the comparison; WORKER_LIMIT where the thread runs out of memory
 */
export async function reconcileInThread(
	start: ReconcileStart,
	services: ReconcileServices,
	signal?: AbortSignal,
): Promise<ReconcileOutcome> {
	const worker = new Worker(entryFile(), {
		execArgv: [],
		env: {},
		workerData: start,
		resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
	});
	try {
		return await new Promise<ReconcileOutcome>((resolve, reject) => {
			worker.on('message', (message: FromThread) => {
				if ('outcome' in message) resolve(message.outcome);
				else if ('failure' in message) reject(unpackError(message.failure));
				else void answer(message, services).then((reply) => worker.postMessage(reply));
			});
			signal?.addEventListener('abort', () => reject(new Error('The execution was cancelled.')), { once: true });
			worker.on('error', (error: Error) => reject(failure(error)));
			worker.on('exit', () => reject(new Error('The thread that compares the application ended too early.')));
		});
	} finally {
		worker.removeAllListeners();
		worker.on('error', () => undefined);
		await worker.terminate();
	}
}

async function answer(
	{ id, question, ask }: Extract<FromThread, { id: number }>,
	services: ReconcileServices,
): Promise<ToThread> {
	try {
		return { id, answer: await answers[question](ask as never, services) };
	} catch (error) {
		return { id, error: packError(error) };
	}
}

const answers: {
	[Name in keyof Questions]: (
		ask: Questions[Name]['ask'],
		services: ReconcileServices,
	) => Promise<Questions[Name]['answer']> | Questions[Name]['answer'];
} = {
	http: (request, { http }) => http(request),
	auth: (rejected, { auth }) => auth(rejected),
	ledger: ({ method, args }, { ledger }) => {
		if (!METHODS.has(method)) throw new Error(`Comparing does not use the ledger's "${method}".`);
		const run = ledger[method as keyof LedgerApi] as unknown as (...values: unknown[]) => Promise<unknown>;
		return run(...args);
	},
	findings: (findings, { onFindings }) => {
		onFindings(findings);
		return undefined;
	},
	progress: (progress, { onProgress }) => {
		onProgress(progress);
		return undefined;
	},
};

/** Beside this file in `dist`, or the project's `dist` where this file runs as TypeScript. */
function entryFile(): string {
	const candidates = [
		path.resolve(__dirname, 'entry.js'),
		path.resolve(__dirname, '../../../dist/nodes/Scim/thread/entry.js'),
	];
	const file = candidates.find((candidate) => existsSync(candidate));
	if (file !== undefined) return file;
	throw new DomainError(
		'WORKER_LIMIT',
		"The thread's script dist/nodes/Scim/thread/entry.js does not exist.",
		'Build the project first: npm run build.',
	);
}

function failure(error: Error): Error {
	if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
	return new DomainError(
		'WORKER_LIMIT',
		`Comparing the application needed more than ${MAX_MEMORY_MB} MB of memory.`,
		'Compare it by the command line (scim reconcile), which reads both sides as streams.',
		{ limit: 'maxMemoryMb', maximum: MAX_MEMORY_MB },
	);
}

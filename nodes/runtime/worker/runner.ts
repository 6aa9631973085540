import { Worker } from 'node:worker_threads';
import { DomainError } from '../../../core/model';
import { compiledEntry } from './entry-file';
import { unpackError, type TaskAnswer } from './message';
import type { TaskName, Tasks } from './tasks';

export interface WorkerLimits {
	/** Longest run of the task itself, waiting not counted. */
	timeoutMs: number;
	/** Heap of the worker; beyond it the task fails, the host does not. */
	maxMemoryMb: number;
}

interface Job {
	task: TaskName;
	input: unknown;
	limits: WorkerLimits;
	resolve: (result: unknown) => void;
	reject: (error: Error) => void;
}

/** One warm thread for the process, and the tasks that wait for it. */
class WorkerRunner {
	#worker: Worker | undefined;
	#memoryMb = 0;
	#current: (Job & { id: number; timer: NodeJS.Timeout }) | undefined;
	#lastId = 0;
	readonly #queue: Job[] = [];

	run(job: Job): void {
		this.#queue.push(job);
		this.#next();
	}

	#next(): void {
		if (this.#current) return;
		const job = this.#queue.shift();
		if (!job) {
			// An idle thread must never keep the process alive.
			this.#worker?.unref();
			return;
		}
		try {
			this.#start(job);
		} catch (error) {
			job.reject(error instanceof Error ? error : new Error(String(error)));
			this.#next();
		}
	}

	#start(job: Job): void {
		const worker = this.#ready(job.limits.maxMemoryMb);
		const id = ++this.#lastId;
		worker.postMessage({ id, task: job.task, input: job.input });
		worker.ref();
		const timer = setTimeout(() => this.#abandon(worker, timeoutError(job)), job.limits.timeoutMs);
		this.#current = { ...job, id, timer };
	}

	/** A heap limit belongs to a thread from its start, so another limit needs another thread. */
	#ready(memoryMb: number): Worker {
		if (this.#worker && this.#memoryMb === memoryMb) return this.#worker;
		this.#drop();
		const worker = new Worker(compiledEntry('worker'), {
			execArgv: [],
			env: {},
			resourceLimits: {
				maxOldGenerationSizeMb: memoryMb,
				maxYoungGenerationSizeMb: Math.max(8, Math.min(64, memoryMb / 4)),
			},
		});
		worker.on('message', (answer: TaskAnswer) => this.#settle(worker, answer));
		worker.on('error', (error: Error) => this.#abandon(worker, this.#failure(error)));
		worker.on('exit', () => this.#abandon(worker, new Error('The worker thread ended in the middle of a task.')));
		this.#worker = worker;
		this.#memoryMb = memoryMb;
		return worker;
	}

	#drop(): void {
		const worker = this.#worker;
		this.#worker = undefined;
		worker?.removeAllListeners();
		// A thread that is being ended may still report an error; nobody waits for it any more.
		worker?.on('error', () => undefined);
		void worker?.terminate();
	}

	#take(): Job | undefined {
		const job = this.#current;
		this.#current = undefined;
		if (job) clearTimeout(job.timer);
		return job;
	}

	#settle(worker: Worker, answer: TaskAnswer): void {
		if (worker !== this.#worker || this.#current?.id !== answer.id) return;
		const job = this.#take();
		if ('error' in answer) job?.reject(unpackError(answer.error));
		else job?.resolve(answer.result);
		this.#next();
	}

	#abandon(worker: Worker, error: Error): void {
		if (worker !== this.#worker) return;
		const job = this.#take();
		this.#drop();
		job?.reject(error);
		this.#next();
	}

	#failure(error: Error): Error {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
		const limit = this.#memoryMb;
		return new DomainError(
			'WORKER_LIMIT',
			`The task ${this.#current?.task ?? ''} needed more than its ${limit} MB of memory (maxMemoryMb).`,
			'Split the document, or raise maxMemoryMb where the host has the memory for it.',
			{ limit: 'maxMemoryMb', maximum: limit },
		);
	}
}

function timeoutError(job: Job): DomainError {
	return new DomainError(
		'WORKER_LIMIT',
		`The task ${job.task} did not end within ${job.limits.timeoutMs} ms (timeoutMs) and was stopped.`,
		'Split the document, or raise timeoutMs.',
		{ limit: 'timeoutMs', maximum: job.limits.timeoutMs },
	);
}

const runner = new WorkerRunner();

/**
 * Runs a task in the process's worker thread, one after the other, so that n8n's event loop stays free.
 * @param input has to survive structured clone
 * @throws DomainError of the task itself, with code and remedy; WORKER_LIMIT beyond `timeoutMs` or `maxMemoryMb`
 * @example await runInWorker('compareVersions', { contract, before, after, effective }, { timeoutMs: 30_000, maxMemoryMb: 512 })
 */
export function runInWorker<Name extends TaskName>(
	task: Name,
	input: Tasks[Name]['input'],
	limits: WorkerLimits,
): Promise<Tasks[Name]['result']> {
	return new Promise((resolve, reject) => {
		runner.run({ task, input, limits, resolve: resolve as (result: unknown) => void, reject });
	});
}

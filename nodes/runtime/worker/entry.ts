import { parentPort } from 'node:worker_threads';
import { packError, type TaskAnswer, type TaskRequest } from './message';
import { TASKS } from './tasks';

function answer({ id, task, input }: TaskRequest): TaskAnswer {
	try {
		if (!Object.hasOwn(TASKS, task)) throw new Error(`There is no task "${task}".`);
		const run = TASKS[task] as (value: unknown) => unknown;
		return { id, result: run(input) };
	} catch (error) {
		return { id, error: packError(error) };
	}
}

const port = parentPort;
port?.on('message', (request: TaskRequest) => port.postMessage(answer(request)));

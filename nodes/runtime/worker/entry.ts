import { parentPort } from 'node:worker_threads';
import { packError, type TaskAnswer, type TaskRequest } from './message';
import { TASKS } from './tasks';

async function answer({ id, task, input }: TaskRequest): Promise<TaskAnswer> {
	try {
		if (!Object.hasOwn(TASKS, task)) throw new Error(`There is no task "${task}".`);
		const run = TASKS[task] as (value: unknown) => unknown;
		return { id, result: await run(input) };
	} catch (error) {
		return { id, error: packError(error) };
	}
}

const port = parentPort;
port?.on('message', (request: TaskRequest) => {
	void answer(request).then((message) => port.postMessage(message));
});

import type { IDataObject, INodeExecutionData, IRunExecutionData, ITaskData } from 'n8n-workflow';

/** What is known of an execution after it ended or began to wait. Immutable: going on gives a new one. */
export class EngineRun {
	constructor(
		readonly executionId: string,
		readonly status: string,
		/** As n8n stores it. */
		readonly data: IRunExecutionData,
		private readonly baseUrl: string,
	) {}

	/** `$execution.resumeUrl` of this execution. */
	get resumeUrl(): string {
		return `${this.baseUrl}/webhook-waiting/${this.executionId}?signature=${this.data.resumeToken ?? ''}`;
	}

	/** Until when it waits (ISO instant), if it does. */
	get waitTill(): string | undefined {
		const { waitTill } = this.data as { waitTill?: string | Date };
		return waitTill === undefined ? undefined : new Date(waitTill).toISOString();
	}

	/** Message of the error that ended the execution, if one did. */
	get error(): string | undefined {
		return this.data.resultData.error?.message;
	}

	/** Names of the nodes that ran, in order of their first run. */
	get nodesRun(): string[] {
		return Object.entries(this.data.resultData.runData)
			.filter(([, runs]) => runs.length > 0)
			.map(([name]) => name);
	}

	/** Every run of a node, with status, hints and error. */
	tasks(node: string): ITaskData[] {
		const { runData } = this.data.resultData;
		return Object.hasOwn(runData, node) ? (runData[node] ?? []) : [];
	}

	/** The items that left each output of a node, over all its runs. */
	outputs(node: string): INodeExecutionData[][] {
		const outputs: INodeExecutionData[][] = [];
		for (const task of this.tasks(node)) {
			(task.data?.main ?? []).forEach((items, index) => {
				while (outputs.length <= index) outputs.push([]);
				outputs[index]?.push(...(items ?? []));
			});
		}
		return outputs;
	}

	/** The JSON of the items that left one output of a node, over all its runs. */
	items(node: string, output = 0): IDataObject[] {
		return (this.outputs(node)[output] ?? []).map((item) => item.json);
	}
}

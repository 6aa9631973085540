export type { PolicyHead } from '../../../core/governance';
export type {
	CompareTask,
	ImportedDocument,
	ImportTask,
	RecordTask,
	RedlineTask,
	TrackedFile,
	TrackedTask,
} from './contract-tasks';
export { runInWorker, type WorkerLimits } from './runner';
export type { ExtractInput, TaskName, Tasks } from './tasks';
export { packError, unpackError, type CarriedError } from './message';
export { compiledEntry } from './entry-file';

import { DomainError, isDomainError, type ErrorCode } from '../../../core/model';
import type { TaskName } from './tasks';

export interface TaskRequest {
	id: number;
	task: TaskName;
	input: unknown;
}

export interface CarriedError {
	domain: boolean;
	code: string;
	message: string;
	remedy: string;
	details: Record<string, string | number | boolean>;
}

export type TaskAnswer = { id: number; result: unknown } | { id: number; error: CarriedError };

/** Structured clone drops the class and own fields of errors, so they travel as data. */
export function packError(error: unknown): CarriedError {
	if (isDomainError(error)) {
		const { code, message, remedy, details } = error;
		return { domain: true, code, message, remedy, details: { ...details } };
	}
	const message = error instanceof Error ? error.message : String(error);
	return { domain: false, code: '', message, remedy: '', details: {} };
}

export function unpackError(error: CarriedError): Error {
	if (!error.domain) return new Error(`A worker task failed: ${error.message}`);
	return new DomainError(error.code as ErrorCode, error.message, error.remedy, error.details);
}

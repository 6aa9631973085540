import { isDomainError } from '../../model';
import type { FindingSeverity, ScimFinding } from './types';

/** Collects what a person should know, in the order it was found. */
export class Findings {
	readonly #found: ScimFinding[] = [];

	add(severity: FindingSeverity, code: string, subject: string, message: string, remedy: string): void {
		this.#found.push({ severity, code, subject, message, remedy });
	}

	/** Something thrown, as a finding. */
	error(subject: string, error: unknown): void {
		if (!isDomainError(error)) throw error;
		this.add('error', error.code.replace(/^SCIM_/, '').toLowerCase(), subject, error.message, error.remedy);
	}

	list(): ScimFinding[] {
		return [...this.#found];
	}
}

import { formatPath } from '../finding';
import type { Finding, PathSegment, Severity } from '../finding';
import type { PolicyDocument } from '../schema';
import type { PolicySource } from '../source';

/** Gathers the findings of one document and knows where its parts stand. */
export class LintReport {
	readonly findings: Finding[] = [];

	constructor(
		readonly policy: PolicyDocument,
		readonly source: PolicySource,
	) {}

	add(
		severity: Severity,
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		const place = this.source.locate(path, part);
		this.findings.push({ severity, code, message, remedy, path: formatPath(path), ...place });
	}

	error(
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		this.add('error', code, path, message, remedy, part);
	}

	warn(
		code: string,
		path: readonly PathSegment[],
		message: string,
		remedy: string,
		part: 'key' | 'value' = 'value',
	): void {
		this.add('warning', code, path, message, remedy, part);
	}
}

import { z } from 'zod';

import { contentHash, DomainError } from '../model';
import { celFindings } from './cel';
import { formatFinding, NOT_ENFORCED, sortFindings } from './finding';
import type { Finding } from './finding';
import { lintDocument } from './lint';
import type { LintOptions } from './lint';
import { policySchema } from './schema';
import type { PolicyDocument } from './schema';
import { shapeFindings } from './shape';
import { DEFAULT_LIMITS, readSource } from './source';
import type { SourceLimits } from './source';

export interface ParsedPolicy {
	policy: PolicyDocument;
	/** SHA-256 over the document's canonical JSON: comments, layout and the choice of YAML or JSON don't change it. */
	hash: string;
	/** Warnings, infos, and errors of code NOT_ENFORCED (on which evaluation fails closed). In order of place. */
	findings: Finding[];
}

interface Analysis {
	policy?: PolicyDocument;
	hash?: string;
	findings: Finding[];
}

function analyse(text: string, limits: SourceLimits, lint: LintOptions = {}): Analysis {
	const { source, findings } = readSource(text, limits);
	if (source === undefined) return { findings: sortFindings(findings) };
	const parsed = policySchema.safeParse(source.value);
	if (!parsed.success) return { findings: sortFindings(shapeFindings(parsed.error, source)) };
	return {
		policy: parsed.data,
		hash: contentHash(source.value),
		findings: sortFindings([...lintDocument(parsed.data, source, lint), ...celFindings(parsed.data, source)]),
	};
}

const stops = ({ severity, code }: Finding) => severity === 'error' && code !== NOT_ENFORCED;

/** How many problems a message lists; `lintPolicy` gives them all. */
const MAX_LISTED = 50;

/**
 * Reads a policy document, YAML 1.2 or JSON.
 *
 * @throws DomainError POLICY_INVALID with every problem: `line 3, column 5: roles.employee: what, how to fix`
 */
export function parsePolicy(source: string, options: { limits?: Partial<SourceLimits> } = {}): ParsedPolicy {
	const { policy, hash, findings } = analyse(source, { ...DEFAULT_LIMITS, ...options.limits });
	const errors = findings.filter(stops);
	if (errors.length === 0 && policy !== undefined && hash !== undefined) return { policy, hash, findings };
	const listed = errors.slice(0, MAX_LISTED).map(formatFinding);
	if (errors.length > MAX_LISTED) listed.push(`… and ${errors.length - MAX_LISTED} more`);
	const count = errors.length === 1 ? 'a problem' : `${errors.length} problems`;
	throw new DomainError(
		'POLICY_INVALID',
		`The policy has ${count}:\n${listed.join('\n')}`,
		'Mend the lines named. The JSON Schema of the policy shows the allowed shape.',
		{ problems: errors.length },
	);
}

/** Everything there is to say about a policy document, errors included. Never throws. */
export function lintPolicy(source: string, options: { limits?: Partial<SourceLimits> } & LintOptions = {}): Finding[] {
	try {
		return analyse(source, { ...DEFAULT_LIMITS, ...options.limits }, options).findings;
	} catch (error) {
		const message = `the document could not be read: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`;
		const remedy = 'simplify the part last changed';
		return [{ severity: 'error', code: 'UNREADABLE', message, remedy, path: '', line: 1, column: 1 }];
	}
}

/** JSON Schema (2020-12) of the policy document, for editors. */
export function policyJsonSchema(): Record<string, unknown> {
	return z.toJSONSchema(policySchema, { io: 'input' });
}

import type { TermExtractor } from '../core/model';
import { parsePolicy, termExtractors } from '../core/policy';
import { readText } from './input-file';
import type { Terminal } from './terminal';

/** The `terms:` of a policy file. */
export async function extractorsOf(terminal: Terminal, file: string): Promise<Record<string, TermExtractor>> {
	return termExtractors(parsePolicy(await readText(terminal, 'POLICY', file)).policy);
}

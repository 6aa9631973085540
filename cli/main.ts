import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDomainError } from '../core/model';
import { EXIT, parseCall, UsageError, type Command, type ExitCode } from './command';
import { amend } from './commands/amend';
import { auditVerify } from './commands/audit-verify';
import { diff } from './commands/diff';
import { policyEvaluate } from './commands/policy-evaluate';
import { policyExplain } from './commands/policy-explain';
import { policyLint } from './commands/policy-lint';
import { policySimulate } from './commands/policy-simulate';
import { read } from './commands/read';
import { replay } from './commands/replay';
import { scimApply } from './commands/scim-apply';
import { scimCatalogue } from './commands/scim-catalogue';
import { scimPlan } from './commands/scim-plan';
import { scimProbe } from './commands/scim-probe';
import { scimReconcile } from './commands/scim-reconcile';
import { scimUndo } from './commands/scim-undo';
import { terms } from './commands/terms';
import { commandHelp, overallHelp, PROGRAM } from './help';
import type { Terminal } from './terminal';

const COMMANDS: readonly Command[] = [
	diff,
	amend,
	read,
	terms,
	policyLint,
	policyEvaluate,
	policyExplain,
	policySimulate,
	replay,
	auditVerify,
	scimProbe,
	scimPlan,
	scimApply,
	scimReconcile,
	scimUndo,
	scimCatalogue,
];

/** Runs one call and gives its exit code. Whatever goes wrong is one clear line on the error output. */
export async function main(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
	try {
		return await dispatch(words, terminal);
	} catch (error) {
		if (error instanceof UsageError) {
			terminal.err(`${PROGRAM}: ${error.message}\n`);
			return EXIT.usage;
		}
		const message = error instanceof Error ? error.message : String(error);
		terminal.err(`${PROGRAM}: ${message}${isDomainError(error) ? ` ${error.remedy}` : ''}\n`);
		return EXIT.findings;
	}
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
	const [first, second] = words;
	if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
		const help = overallHelp(COMMANDS, version());
		if (first === undefined) terminal.err(help);
		else terminal.out(help);
		return first === undefined ? EXIT.usage : EXIT.ok;
	}
	if (first === '--version' || first === '-v') {
		terminal.out(`${version()}\n`);
		return EXIT.ok;
	}
	const command =
		COMMANDS.find(({ name }) => name === `${first} ${second ?? ''}`) ?? COMMANDS.find(({ name }) => name === first);
	if (!command) throw new UsageError(unknown(first));
	const call = parseCall(command, words.slice(command.name.split(' ').length), terminal);
	if (call.options['help'] !== true) return await command.run(call);
	terminal.out(commandHelp(command));
	return EXIT.ok;
}

function unknown(word: string): string {
	const group = COMMANDS.filter(({ name }) => name.startsWith(`${word} `));
	if (group.length > 0) return `"${word}" needs a second word: ${group.map(({ name }) => name).join(', ')}.`;
	return `There is no command "${word}". Commands: ${COMMANDS.map(({ name }) => name).join(', ')}.`;
}

/** Of the package this file is part of, compiled (`dist/cli`) or not (`cli`). */
function version(): string {
	for (const up of ['..', '../..']) {
		try {
			const text = readFileSync(path.resolve(__dirname, up, 'package.json'), 'utf8');
			const { version: found } = JSON.parse(text) as { version?: unknown };
			if (typeof found === 'string') return found;
		} catch {
			// The other place, then.
		}
	}
	return '';
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isDomainError } from '../core/model';
import { EXIT, parseCall, UsageError, type Command, type ExitCode } from './command';
import { commandHelp, overallHelp, PROGRAM } from './help';
import type { Terminal } from './terminal';

const load = createRequire(__filename);

/**
 * Each is loaded when it is called, from the file of its name: comparing contracts takes more memory to load than
 * reconciling a hundred thousand accounts does to run.
 */
const COMMANDS: readonly string[] = [
	'diff',
	'amend',
	'read',
	'terms',
	'policy lint',
	'policy evaluate',
	'policy explain',
	'policy simulate',
	'policy matrix',
	'replay',
	'audit verify',
	'scim probe',
	'scim plan',
	'scim apply',
	'scim reconcile',
	'scim undo',
	'scim catalogue',
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
		const help = overallHelp(COMMANDS.map(commandOf), version());
		if (first === undefined) terminal.err(help);
		else terminal.out(help);
		return first === undefined ? EXIT.usage : EXIT.ok;
	}
	if (first === '--version' || first === '-v') {
		terminal.out(`${version()}\n`);
		return EXIT.ok;
	}
	const group = COMMANDS.filter((each) => each.startsWith(`${first} `));
	if (group.length > 0 && (second === '--help' || second === '-h')) {
		terminal.out(overallHelp(group.map(commandOf), version()));
		return EXIT.ok;
	}
	const name = [`${first} ${second ?? ''}`, first].find((words) => COMMANDS.includes(words));
	if (name === undefined) throw new UsageError(unknown(first));
	const command = commandOf(name);
	const call = parseCall(command, words.slice(command.name.split(' ').length), terminal);
	if (call.options['help'] !== true) return await command.run(call);
	terminal.out(commandHelp(command));
	return EXIT.ok;
}

/** `policy lint` is `policyLint` of `commands/policy-lint`. */
function commandOf(name: string): Command {
	const member = name.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase());
	const command = (load(`./commands/${name.replace(' ', '-')}`) as Readonly<Record<string, Command>>)[member];
	if (command === undefined) throw new Error(`The command "${name}" is not part of this package.`);
	return command;
}

function unknown(word: string): string {
	const group = COMMANDS.filter((name) => name.startsWith(`${word} `));
	if (group.length > 0) return `"${word}" needs a second word: ${group.join(', ')}.`;
	return `There is no command "${word}". Commands: ${COMMANDS.join(', ')}.`;
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

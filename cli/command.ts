import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal';

export const EXIT = { ok: 0, findings: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandOption {
	type: 'string' | 'boolean';
	short?: string;
	/** Placeholder of the value in the help, e.g. `FILE`. */
	value?: string;
	help: string;
}

/** One command: what it is called, what it takes, what it does. */
export interface Command {
	/** One or two words, e.g. `policy lint`. */
	name: string;
	/** Names of the positional arguments; a last one that ends in `…` takes one or more. */
	arguments: readonly string[];
	summary: string;
	/** Further sentences for `--help`. */
	details: readonly string[];
	options: Readonly<Record<string, CommandOption>>;
	run: (call: Call) => Promise<ExitCode>;
}

export interface Call {
	positionals: string[];
	options: OptionValues;
	terminal: Terminal;
}

/** A call that cannot be understood: one line with the remedy, exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/**
 * Reads the words behind a command's name.
 * @throws UsageError for unknown options, missing values, too few or too many arguments
 */
export function parseCall(command: Command, words: readonly string[], terminal: Terminal): Call {
	const options: ParseArgsConfig['options'] = { help: { type: 'boolean', short: 'h' } };
	for (const [name, { type, short }] of Object.entries(command.options))
		options[name] = short === undefined ? { type } : { type, short };
	let parsed: { values: object; positionals: string[] };
	try {
		parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
	} catch (error) {
		// Node's text goes on with advice about `--`; its first sentence says what is wrong.
		const reason = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/, 1)[0] ?? '';
		throw new UsageError(`${reason.replace(/\.$/, '')}. ${seeHelp(command)}`);
	}
	const { positionals } = parsed;
	const values = parsed.values as OptionValues;
	if (values['help'] !== true) checkCount(command, positionals);
	return { positionals, options: values, terminal };
}

function checkCount(command: Command, positionals: readonly string[]): void {
	const wanted = command.arguments;
	const open = wanted.at(-1)?.endsWith('…') === true;
	const missing = wanted[positionals.length];
	if (missing !== undefined) throw new UsageError(`${missing.replace('…', '')} is missing. ${seeHelp(command)}`);
	if (!open && positionals.length > wanted.length)
		throw new UsageError(`"${positionals[wanted.length] ?? ''}" is one argument too many. ${seeHelp(command)}`);
}

function seeHelp(command: Command): string {
	return `Run: contract-provisioning ${command.name} --help`;
}

/** An option that takes one of a few words. */
export function oneOf<Word extends string>(
	options: OptionValues,
	name: string,
	words: readonly Word[],
	fallback: Word,
): Word {
	const value = options[name];
	if (value === undefined) return fallback;
	const found = words.find((word) => word === value);
	if (found !== undefined) return found;
	throw new UsageError(`--${name} is "${String(value)}"; it takes one of: ${words.join(', ')}.`);
}

export function text(options: OptionValues, name: string): string | undefined {
	const value = options[name];
	return typeof value === 'string' ? value : undefined;
}

/** An option that takes a day (`2026-12-01`) or an ISO instant, as an ISO instant in UTC. */
export function instant(options: OptionValues, name: string): string | undefined {
	const value = text(options, name);
	if (value === undefined) return undefined;
	const form = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(value);
	const time = form ? new Date(value) : undefined;
	// `2026-02-30` would otherwise become the second of March.
	const real = time !== undefined && !Number.isNaN(time.getTime());
	if (real && (value.length > 10 || time.toISOString().startsWith(value))) return time.toISOString();
	throw new UsageError(`--${name} is "${value}"; it takes a day (2026-12-01) or an instant (2026-12-01T09:00:00Z).`);
}

/** Options that exclude each other. */
export function onlyOne(options: OptionValues, ...names: string[]): void {
	const given = names.filter((name) => options[name] === true);
	if (given.length > 1)
		throw new UsageError(`${given.map((name) => `--${name}`).join(' and ')} exclude each other. Choose one.`);
}

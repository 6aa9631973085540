import type { Command, CommandOption } from './command';
import { columns, wrapped } from './columns';

export const PROGRAM = 'contract-provisioning';

/** `contract-provisioning --help` */
export function overallHelp(commands: readonly Command[], version: string): string {
	const rows = commands.map((command) => [usageWords(command), command.summary]);
	return [
		`${PROGRAM} ${version}: contracts, policies, plans and SCIM, from a terminal.\n\n`,
		`Usage: ${PROGRAM} COMMAND …\n\n`,
		columns(rows, '  '),
		`\n${PROGRAM} COMMAND --help tells more. Files may be Markdown, plain text, HTML, Word, PDF or JSON.\n`,
		'Exit codes: 0 fine, 1 findings or unreadable input, 2 a call that cannot be understood.\n',
	].join('');
}

/** `contract-provisioning COMMAND --help` */
export function commandHelp(command: Command): string {
	const options = Object.entries({ ...command.options, help: HELP_OPTION });
	return [
		`Usage: ${PROGRAM} ${usageWords(command)}${Object.keys(command.options).length > 0 ? ' [OPTIONS]' : ''}\n\n`,
		wrapped(command.summary, ''),
		...command.details.map((sentence) => `\n${wrapped(sentence, '')}`),
		'\nOptions:\n',
		columns(
			options.map(([name, option]) => [optionWords(name, option), option.help]),
			'  ',
		),
	].join('');
}

const HELP_OPTION: CommandOption = { type: 'boolean', short: 'h', help: 'Show this text' };

function usageWords(command: Command): string {
	return [command.name, ...command.arguments].join(' ');
}

function optionWords(name: string, { short, value }: CommandOption): string {
	return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

import { lintPolicy, type Finding } from '../../core/policy';
import { columns } from '../columns';
import { EXIT, type Command } from '../command';
import { readText } from '../input-file';

export const policyLint: Command = {
	name: 'policy lint',
	arguments: ['FILE'],
	summary: 'Check a policy document and list findings with line and column.',
	details: ['Exit code 1 where an error is among them; warnings and notes alone are fine.'],
	options: { json: { type: 'boolean', help: 'The findings as JSON' } },
	run: async ({ positionals, options, terminal }) => {
		const [file = ''] = positionals;
		const findings = lintPolicy(await readText(terminal, 'FILE', file));
		if (options['json'] === true) terminal.out(`${JSON.stringify(findings, null, 2)}\n`);
		else {
			terminal.out(columns(findings.map((finding) => line(file, finding))));
			terminal.out(`${findings.length === 0 ? '' : '\n'}${totals(findings)}\n`);
		}
		return findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
	},
};

function line(file: string, { line: row, column, severity, code, path, message, remedy }: Finding): string[] {
	return [`${file}:${row}:${column}`, severity, code, `${path === '' ? '' : `${path}: `}${message}, ${remedy}`];
}

function totals(findings: readonly Finding[]): string {
	if (findings.length === 0) return 'No findings.';
	const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
		const number = findings.filter((finding) => finding.severity === severity).length;
		return number === 0 ? [] : [`${number} ${severity}${number === 1 || severity === 'info' ? '' : 's'}`];
	});
	return `${parts.join(', ')}.`;
}

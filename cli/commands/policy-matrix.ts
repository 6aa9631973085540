import {
	accessMatrix,
	compilePolicy,
	matrixCsv,
	parsePolicy,
	renderMatrixPage,
	rulesFromMatrix,
} from '../../core/policy';
import { EXIT, text, type Command } from '../command';
import { readText } from '../input-file';

const DIMENSIONS = 'title,department,employmentType';

export const policyMatrix: Command = {
	name: 'policy matrix',
	arguments: ['POLICY'],
	summary: 'Print who gets what as a table, or make rules from such a table.',
	details: [
		'The table has one row for each combination of attributes, and a column for each entitlement. With --from, the other way round: the first columns are attributes, each further one an entitlement or role of the policy, and "yes" grants; what comes out are the rules that give exactly that.',
	],
	options: {
		dimensions: { type: 'string', value: 'NAMES', help: `Attributes of the rows, by commas (default: ${DIMENSIONS})` },
		from: { type: 'string', value: 'CSV', help: 'Make rules from this table' },
		prefix: { type: 'string', value: 'ID', help: 'Beginning of the ids of the rules (default: matrix)' },
		html: { type: 'boolean', help: 'A page instead of CSV' },
		json: { type: 'boolean', help: 'JSON: the rows, or with --from the rules' },
	},
	run: async ({ positionals, options, terminal }) => {
		const { policy, hash } = parsePolicy(await readText(terminal, 'POLICY', positionals[0] ?? ''));
		const named = text(options, 'dimensions');
		const dimensions = (named ?? DIMENSIONS).split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
		const from = text(options, 'from');
		const json = options['json'] === true;
		if (from === undefined) {
			const matrix = accessMatrix(compilePolicy(policy, hash), { dimensions });
			const page = options['html'] === true ? renderMatrixPage(matrix) : matrixCsv(matrix);
			if (matrix.rows.length === 0) {
				terminal.err(
					`No rows: of ${dimensions.join(', ')}, not all have known values. Declare them under attributes, or name others by --dimensions.\n`,
				);
			}
			terminal.out(json ? `${JSON.stringify(matrix, null, 2)}\n` : page);
			return EXIT.ok;
		}
		const prefix = text(options, 'prefix');
		const { rules, yaml } = rulesFromMatrix(await readText(terminal, '--from', from), {
			policy,
			...(named !== undefined && { dimensions }),
			...(prefix !== undefined && { idPrefix: prefix }),
		});
		terminal.out(json ? `${JSON.stringify(rules, null, 2)}\n` : yaml);
		return EXIT.ok;
	},
};

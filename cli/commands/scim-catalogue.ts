import { importCatalogue } from '../../core/scim';
import { DomainError } from '../../core/model';
import { EXIT, text, type Call, type Command } from '../command';
import { readText } from '../input-file';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS, progressTo } from './scim-connection';
import { withApplication } from './scim-output';

export const scimCatalogue: Command = {
	name: 'scim catalogue',
	arguments: ['URL'],
	summary: 'Read the groups, roles, licences and schemas of an application as the beginning of a policy. Only reads.',
	details: [
		'The document’s "policy" is YAML: the application and an entitlement for each group, with owners to fill in.',
		'With --mapping, an attribute mapping is checked against the application’s schemas.',
		...CONNECTION_DETAILS,
		'Exit code 1 where not everything could be read, or the mapping would fail.',
	],
	options: {
		...CONNECTION_OPTIONS,
		name: { type: 'string', value: 'NAME', help: 'Name of the application in the policy (default: by the host)' },
		mapping: { type: 'string', value: 'FILE', help: 'JSON: the attribute mapping to check' },
	},
	run: (call) =>
		withApplication(call, async ({ client, url }) => {
			const mapping = await readMapping(call);
			const catalogue = await importCatalogue(client, {
				application: text(call.options, 'name') ?? nameOf(url),
				onProgress: progressTo(call),
				...(mapping === undefined ? {} : { mapping }),
			});
			const trouble = !catalogue.complete || catalogue.mapping.some(({ severity }) => severity === 'error');
			return { document: catalogue, code: trouble ? EXIT.findings : EXIT.ok };
		}),
};

async function readMapping({ options, terminal }: Call): Promise<unknown> {
	const file = text(options, 'mapping');
	if (file === undefined) return undefined;
	try {
		return JSON.parse(await readText(terminal, '--mapping', file)) as unknown;
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new DomainError(
			'INPUT_INVALID',
			`--mapping: "${file}" is no JSON.`,
			'Give the attributes as one JSON object.',
		);
	}
}

/** The part of a host that names the application: `api.slack.com` is `slack`. */
function nameOf(url: string): string {
	const labels = URL.canParse(url) ? new URL(url).hostname.split('.') : [];
	const [name] = labels.length > 1 && !/^\d+$/.test(labels.at(-1) ?? '') ? labels.slice(-2) : ['application'];
	return name ?? 'application';
}

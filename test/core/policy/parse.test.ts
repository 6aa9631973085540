import { readFileSync } from 'node:fs';
import path from 'node:path';

import { lintPolicy, parsePolicy, policyJsonSchema } from '../../../core/policy';
import { BASE, policyText } from './builders';

const FULL_EXAMPLE = readFileSync(path.join(__dirname, 'full-example.yaml'), 'utf8');

const HEAD = 'policy: x\nzone: Europe/Berlin\napplications: {}\nentitlements: {}\n';

describe('reading a policy', () => {
	it('reads the full example without errors', () => {
		const { policy, findings } = parsePolicy(FULL_EXAMPLE);
		expect(policy.policy).toBe('acme-access');
		const errors = findings.filter(({ severity }) => severity === 'error');
		expect(errors).toEqual([]);
	});

	it('gives YAML and JSON of the same content one hash, and another content another', () => {
		const yaml = 'zone: Europe/Berlin # comment\npolicy: x\nentitlements: {}\napplications: {}\n';
		const json = '{"policy":"x","zone":"Europe/Berlin","applications":{},"entitlements":{}}';
		expect(parsePolicy(yaml).hash).toBe(parsePolicy(json).hash);
		expect(parsePolicy(json.replace('"x"', '"y"')).hash).not.toBe(parsePolicy(json).hash);
	});

	it('names every problem with line, column, path and remedy', () => {
		const text =
			'policy: x\nzone: Mars/Base\nrolez: {}\napplications:\n  a: { connector: scmi, ownr: x@y.example }\nentitlements: {}\n';
		const error = captured(() => parsePolicy(text));
		expect(error).toMatchObject({ code: 'POLICY_INVALID', details: { problems: 4 } });
		expect(error.message.split('\n').slice(1)).toEqual([
			expect.stringMatching(/^line 2, column 7: zone: must be an IANA time zone/),
			'line 3, column 1: rolez: "rolez" is not a known key here, did you mean "roles"?',
			expect.stringMatching(/^line 5, column 19: applications\.a\.connector: must be one of scim, manual, n8n/),
			'line 5, column 25: applications.a.ownr: "ownr" is not a known key here, did you mean "owner"?',
		]);
	});

	it('points at an unknown operator inside a condition', () => {
		const text = `${HEAD}rules:\n  - { id: r, when: { level: { gt: 2 } }, grant: [x] }\n`;
		expect(lintPolicy(text)).toEqual([
			expect.objectContaining({ code: 'UNKNOWN_KEY', path: 'rules[0].when.level.gt', line: 6 }),
		]);
	});

	it.each([
		['a key written twice', 'policy: a\npolicy: b\n', 'DUPLICATE_KEY'],
		['a reserved name', '__proto__: { admin: true }\n', 'FORBIDDEN_NAME'],
		['a reserved name further in', `${HEAD}groups: { constructor: [] }\n`, 'FORBIDDEN_NAME'],
		['nesting without end', `a: ${'['.repeat(20_000)}`, 'TOO_DEEP'],
		['an alias that contains itself', `${HEAD}groups: &g { a: *g }\n`, 'TOO_DEEP'],
		['aliases that multiply', bomb(), 'TOO_MANY_ALIASES'],
		['several documents', '---\na: 1\n---\nb: 2\n', 'SEVERAL_DOCUMENTS'],
		['a custom tag', 'policy: !!js/function x\n', 'TAG_RESOLVE_FAILED'],
		['a number that is none', 'a: .nan\n', 'NOT_A_NUMBER'],
		['an unclosed list', 'a: [1, 2', 'BAD_INDENT'],
	])('refuses %s', (_what, text, code) => {
		expect(lintPolicy(text).map((finding) => finding.code)).toContain(code);
		expect(captured(() => parsePolicy(text))).toMatchObject({ code: 'POLICY_INVALID' });
	});

	it('refuses a text over the limit before it reads it', () => {
		const error = captured(() => parsePolicy(policyText(), { limits: { maxCharacters: 100 } }));
		expect(error.message).toContain('more than the 100 allowed');
	});

	it('finds keys written twice among a hundred thousand', () => {
		const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n');
		expect(lintPolicy(`${keys}\nk7: 2\n`).map(({ code, line }) => [code, line])).toEqual([['DUPLICATE_KEY', 60_001]]);
	});

	it('describes its shape as a JSON Schema that forbids unknown keys', () => {
		const schema = policyJsonSchema() as { additionalProperties: unknown; properties: Record<string, unknown> };
		expect(schema.additionalProperties).toBe(false);
		expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(BASE)));
	});
});

function bomb(): string {
	const levels = Array.from(
		{ length: 20 },
		(_, index) => `l${index + 1}: &l${index + 1} [${`*l${index}, `.repeat(9)}x]`,
	);
	return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}

function captured(run: () => unknown): Error & { code?: string; details?: unknown } {
	try {
		run();
	} catch (error) {
		return error as Error;
	}
	throw new Error('nothing was thrown');
}

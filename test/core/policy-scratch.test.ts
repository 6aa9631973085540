import { readFileSync } from 'node:fs';
import { lintPolicy, parsePolicy, policyJsonSchema, formatFinding } from '../../core/policy';
test('x', () => {
	const d = readFileSync('/work/shared/design.md', 'utf8');
	const y = d.split('```yaml\n')[1]!.split('```')[0]!;
	console.log(lintPolicy(y).map((f) => f.severity + ' ' + f.code + ' ' + formatFinding(f)).join('\n'));
	console.log(lintPolicy(readFileSync('sandbox/demo/policy.yaml', 'utf8')).map((f) => f.severity + ' ' + f.code + ' ' + formatFinding(f)).join('\n'));
	console.log(parsePolicy(y).hash, JSON.stringify(policyJsonSchema()).length);
	console.log(lintPolicy('policy: x\nzone: Mars\nrolez: {}\napplications: {a: {connector: scmi, ownr: x@y.de}}\nentitlements:\n  a: {app: b}\nrules:\n  - {id: "x/y", when: {a: {gt: 2}}, grant: [3]}\n').map(formatFinding).join('\n'));
	for (const s of ['', '{', '[1,2', 'a: [', '__proto__: 1', 'a: 1\na: 2', '- '.repeat(5000), '"', '\u0000', '---\n---\n', '&a [*a]', '!!js/function x', '? {a: 1}\n: 2', 'a: .nan']) console.log(JSON.stringify(s.slice(0, 20)), lintPolicy(s).map((f) => f.code + ' ' + formatFinding(f)).slice(0, 3).join('\n'));
});

import { readFileSync } from 'node:fs';
import { extractTerms } from '../../../core/contract';
import { contentHash, sha256 } from '../../../core/model';
import { compilePolicy, evaluate, parsePolicy, termExtractors } from '../../../core/policy';
import { planActions } from '../../../core/plan';
import { Ledger, steps } from './builders';
import { compiled, contract, row } from '../policy/builders';
test('demo', () => {
	const { policy, hash } = parsePolicy(readFileSync('sandbox/demo/policy.yaml', 'utf8'));
	const c = compilePolicy(policy, hash);
	const load = (f: string) => { const text = readFileSync(f, 'utf8'); return { header: { id: 'MSA-2026-014', kind: 'services', status: 'active', attributes: { project: 'atlas' } }, terms: extractTerms({ sha256: sha256(text), format: 'markdown', text }, termExtractors(policy)) }; };
	const l = new Ledger(c);
	const p1 = l.plan([load('sandbox/demo/agreement.md')]); l.run();
	console.log(p1.summary, p1.blocked, l.held[0]);
	const p2 = l.plan([load('sandbox/demo/agreement-amended.md')]);
	console.log(steps(p2).map((s, i) => s + ' ' + p2.actions[i]!.content.dueAt + ' ' + p2.actions[i]!.reason + ' ' + JSON.stringify(p2.actions[i]!.approval ?? '')).join('\n'), p2.summary);
});
test('big', () => {
	const rows = Array.from({ length: 20000 }, (_, i) => row('N' + i, i % 2 ? 'Developer' : 'Member'));
	const pol = compiled({ rules: Array.from({ length: 1000 }, (_, i) => ({ id: 'r' + i, when: { department: 'd' + i }, grant: ['consultant'] })) });
	const l = new Ledger(pol);
	const c = [contract(rows, { seats: { name: 'seats', value: { type: 'number', value: 1e6 } } })];
	let t = Date.now(); const ev = l.evaluate(c); console.log('evaluate', Date.now() - t, ev.desired.length);
	t = Date.now(); const p = planActions({ compiled: pol, policyHash: 'x', seed: 's', evaluation: ev, scope: {}, held: [], openActions: [], identities: [], asOf: ev.asOf }); console.log('plan', Date.now() - t, p.actions.length);
});

import fc from 'fast-check';
import { parse } from 'node:querystring';
import { decisionFieldName, parseDecisionForm } from '../../../core/approval';

const IDS = ['req_a', 'req_b'];
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const FULL = { 'decision.req_a': 'approve', 'decision.req_b': 'deny' };

describe('a posted decision', () => {
	it('is the same from bytes, text and n8n’s parsed object', () => {
		const text = form({ ...FULL, comment: ' Fine\r\nby me ' });
		const expected = {
			ok: true,
			decisions: new Map([
				['req_a', 'approve'],
				['req_b', 'deny'],
			]),
			comment: 'Fine\nby me',
		};
		expect(parseDecisionForm(text, IDS)).toEqual(expected);
		expect(parseDecisionForm(Buffer.from(text), IDS)).toEqual(expected);
		expect(parseDecisionForm(parse(text), IDS)).toEqual(expected);
	});

	it('has no comment when none was written', () => {
		expect(parseDecisionForm(form({ ...FULL, comment: ' \r\n' }), IDS)).not.toHaveProperty('comment');
	});

	it('ignores fields that nobody asked for', () => {
		const result = parseDecisionForm(form({ ...FULL, 'decision.req_c': 'approve', toString: 'x' }), IDS);
		expect(result.ok && [...result.decisions.keys()]).toEqual(IDS);
	});

	it.each([
		['leaves one out', form({ 'decision.req_a': 'approve' }), 'missing_decision'],
		['is empty', '', 'missing_decision'],
		['is nothing', undefined, 'missing_decision'],
		['is a list', [], 'missing_decision'],
		['was cut off', form(FULL).slice(0, -1), 'invalid_decision'],
		['says something else', form({ ...FULL, 'decision.req_b': 'yes' }), 'invalid_decision'],
		['says both', `${form(FULL)}&decision.req_b=approve`, 'ambiguous_field'],
		['says both, parsed', { ...FULL, 'decision.req_b': ['deny', 'approve'] }, 'ambiguous_field'],
		['is no text', { ...FULL, 'decision.req_b': true }, 'invalid_decision'],
		['only inherits', Object.create(FULL) as object, 'missing_decision'],
		['has two comments', `${form(FULL)}&comment=a&comment=b`, 'ambiguous_field'],
		['has a long comment', form({ ...FULL, comment: 'x'.repeat(1001) }), 'comment_too_long'],
		['is huge', form({ ...FULL, comment: 'x'.repeat(40_000) }), 'too_large'],
	])('decides nothing when it %s', (_, body, problem) => {
		expect(parseDecisionForm(body, IDS)).toMatchObject({ ok: false, problem });
	});

	it('drops from the comment what a reader could not see', () => {
		const result = parseDecisionForm({ ...FULL, comment: 'a\u202eb\u0000c\u200b\td' }, IDS);
		expect(result).toMatchObject({ comment: 'abc\td' });
	});

	it('never throws, and decides only with a decision for every request', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.anything()), (body) => {
				expect(parseDecisionForm(body, IDS).ok).toBe(false);
			}),
		);
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{1,24}$/)),
				fc.constantFrom('approve', 'deny'),
				(ids, vote) => {
					const fields = Object.fromEntries(ids.map((id) => [decisionFieldName(id), vote]));
					const result = parseDecisionForm(form(fields), ids);
					expect(result.ok && [...result.decisions.values()].every((each) => each === vote)).toBe(true);
				},
			),
		);
	});
});

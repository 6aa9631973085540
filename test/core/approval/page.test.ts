import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
	DECISION_PAGE_CSP,
	decisionPageModel,
	groupIntoRequests,
	parseDecisionForm,
	renderDecisionPage,
	renderDonePage,
	renderProblemPage,
	type Page,
	type ProblemKind,
} from '../../../core/approval';
import type { Action, ActionOperation, ApprovalRequest } from '../../../core/model';
import { action, NOW, type ActionSketch } from './build';

function requestsFor(actions: Action[]): ApprovalRequest[] {
	const { requests } = groupIntoRequests(actions, { now: NOW, seed: 'bundle-1' });
	return requests.map((request) => ({ ...request, bundleId: 'bundle-1', state: 'pending' }));
}

function pageFor(actions: Action[], more: { workflow?: string; approver?: string; zone?: string } = {}): Page {
	const requests = requestsFor(actions);
	return renderDecisionPage(
		decisionPageModel({ workflow: 'Amendment to access', approver: 'boss@acme.example', requests, actions, ...more }),
	);
}

/** What a reader sees: no markup, entities resolved. */
function textOf(page: Page): string {
	const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
	return page.body
		.replace(/<style>[^<]*<\/style>|<[^>]*>/g, ' ')
		.replace(/&(#?\w+);/g, (_, name: string) => names[name] ?? '?')
		.replace(/[ \n]+/g, ' ');
}

const tagsOf = (page: Page) => page.body.match(/<[^>]*>/g) ?? [];
const withQuote: ActionSketch = {
	sources: [
		{
			kind: 'contract',
			ref: 'MSA/vendor-people',
			reason: 'Follows from contract MSA-14.',
			quote: { clause: 'Schedule A', text: 'Mara Lind – Administrator', span: { start: 0, end: 1 } },
		},
	],
};

describe('the decision page', () => {
	it('says who gets what, where, why, until when, and who asks by when', () => {
		const page = pageFor([action(withQuote)]);
		const text = textOf(page);
		for (const part of [
			'Mara Lind',
			'Add to the group “ org-admins ” in github',
			'github/admin',
			'Privileged access',
			'Mara is listed as administrator in Schedule A.',
			'Follows from contract MSA-14.',
			'Mara Lind – Administrator',
			'Contract, Schedule A',
			'1 December 2026, 00:00 (UTC)',
			'8 December 2026, 00:00 (UTC)',
			'23 November 2026, 09:00 (UTC)',
			'Amendment to access',
			'boss@acme.example',
			'1 × manager, 2 × group:security',
			action().hash.slice(0, 12),
		]) {
			expect(text).toContain(part);
		}
		expect(page.status).toBe(200);
	});

	it('shows every attribute that will be written', () => {
		const attributes = {
			userName: 'mara',
			name: { givenName: 'Mara' },
			'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Legal' },
			emails: [{ value: 'mara@vendor.example' }],
		};
		const text = textOf(pageFor([action({ content: { operation: 'create_account', attributes } })]));
		for (const part of [
			'Sets userName mara',
			'Sets name.givenName Mara',
			'Sets enterprise User.department Legal',
			'[{"value":"mara@vendor.example"}]',
		]) {
			expect(text).toContain(part);
		}
	});

	it.each<[ActionOperation, string]>([
		['create_account', 'Create (or reactivate) the account'],
		['update_account', 'Change the account'],
		['disable_account', 'Disable the account'],
		['add_to_group', 'Add to the group'],
		['remove_from_group', 'Remove from the group'],
		['assign_role', 'Assign the role'],
		['remove_role', 'Take away the role'],
	])('puts %s in words', (operation, words) => {
		expect(textOf(pageFor([action({ content: { operation } })]))).toContain(words);
	});

	it('says when access has no end, and nothing of an end where access is taken', () => {
		const { validUntil: _, ...content } = action().content;
		const open = (operation: ActionOperation) => {
			const sketch = action({ content: { operation } });
			return textOf(pageFor([{ ...sketch, content: { ...content, operation } }]));
		};
		expect(open('add_to_group')).toContain('no end date');
		expect(open('remove_from_group')).not.toContain('Valid until');
	});

	it('shows instants in the zone that was asked for', () => {
		expect(textOf(pageFor([action()], { zone: 'Europe/Berlin' }))).toContain('1 December 2026, 01:00 (Europe/Berlin)');
	});

	it('gives each person two choices, none of them made, and one button', () => {
		const ben = action({ content: { identityId: 'idn_ben', match: {} }, subject: 'Ben Ito' });
		const tags = tagsOf(pageFor([action(), ben]));
		const radios = tags.filter((tag) => tag.includes('type="radio"'));
		expect(radios).toHaveLength(4);
		expect(radios.every((tag) => tag.includes(' required'))).toBe(true);
		expect(tags.join('')).not.toContain('checked');
		expect(tags.filter((tag) => tag.startsWith('<button'))).toHaveLength(1);
		// No action attribute: the form goes back to the page's own address with its whole query.
		expect(tags.filter((tag) => tag.startsWith('<form'))).toEqual(['<form method="post">']);
	});

	it('names its fields as the form is read', () => {
		const actions = [action(), action({ content: { identityId: 'idn_ben', match: {} } })];
		const names = tagsOf(pageFor(actions)).flatMap(
			(tag) => /name="(decision[^"]*)" value="approve"/.exec(tag)?.[1] ?? [],
		);
		const body = new URLSearchParams(names.map((name): [string, string] => [name, 'approve'])).toString();
		const ids = requestsFor(actions).map(({ id }) => id);
		expect(parseDecisionForm(body, ids)).toMatchObject({
			ok: true,
			decisions: new Map(ids.map((id) => [id, 'approve'])),
		});
	});

	it('is not shown for an action that has changed since', () => {
		const requests = requestsFor([action()]);
		const changed = { ...action({ content: { target: 'owners' } }), id: action().id };
		const page = { workflow: 'w', approver: 'a', requests };
		const refusal = expect.objectContaining({ code: 'APPROVAL_INVALID' }) as Error;
		expect(() => decisionPageModel({ ...page, actions: [changed] })).toThrow(refusal);
		expect(() => decisionPageModel({ ...page, actions: [] })).toThrow(refusal);
	});
});

describe('hostile text on a page', () => {
	const hostile = fc.oneof(
		fc.constantFrom('"><script>alert(1)</script>', "' onfocus='x", '</style><img src=x>', '&lt;b&gt;', '<!--', '${x}'),
		fc.string({ unit: 'binary' }),
	);

	it('adds no markup, wherever it stands', () => {
		const shape = (page: Page) => tagsOf(page).map((tag) => tag.replace(/"[^"]*"/g, '""'));
		fc.assert(
			fc.property(hostile, (text) => {
				const sketch = (value: string): Action =>
					action({
						subject: value,
						reason: `${value}.`,
						content: {
							application: value,
							entitlement: value,
							target: value,
							match: { userName: value },
							attributes: { a: value },
						},
						sources: [
							{
								kind: 'contract',
								ref: value,
								reason: `${value}.`,
								quote: { clause: value, text: value, span: { start: 0, end: 1 } },
							},
						],
					});
				const hostilePage = pageFor([sketch(text)], { workflow: text, approver: text });
				const plainPage = pageFor([sketch('plain')], { workflow: 'plain', approver: 'plain' });
				expect(shape(hostilePage)).toEqual(shape(plainPage));
				expect(renderDonePage({ workflow: text, votes: [{ subject: text, vote: 'deny' }] }).body).not.toMatch(
					/<(script|img)/,
				);
			}),
		);
	});

	it('cannot turn the direction of what stands beside it', () => {
		const { body } = pageFor([action({ subject: 'Mara\u202e\u2066\u0007 nimda' })]);
		expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007]/);
		expect(body).toContain('Mara\ufffd\ufffd\ufffd nimda');
	});

	it('leaves names of any script as they are', () => {
		for (const subject of ['می‌خواهم', 'Zoë 👩‍💻', '山田 太郎'])
			expect(pageFor([action({ subject })]).body).toContain(subject);
	});
});

describe('every page', () => {
	const kinds: ProblemKind[] = [
		'unknown_link',
		'expired',
		'already_used',
		'already_decided',
		'changed',
		'bad_form',
		'too_large',
		'method_not_allowed',
		'store_failed',
	];
	const pages: Array<[string, Page]> = [
		['decision', pageFor([action(withQuote)])],
		['done', renderDonePage({ workflow: 'w', votes: [{ subject: 'Mara', vote: 'approve' }] })],
		...kinds.map((kind): [string, Page] => [kind, renderProblemPage(kind)]),
	];

	it.each(pages)('%s: allows its own style sheet and nothing else', (_, page) => {
		const style = /<style>([^]*?)<\/style>/.exec(page.body)?.[1] ?? '';
		const hash = createHash('sha256').update(style).digest('base64');
		expect(page.headers['Content-Security-Policy']).toBe(DECISION_PAGE_CSP);
		expect(DECISION_PAGE_CSP).toBe(
			`default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
		);
		expect(page.body).not.toMatch(/<script|<img|<link| style=| on\w+=|https?:/);
	});

	it.each(pages)('%s: is neither cached, indexed, sniffed nor told to others', (_, page) => {
		expect(page.headers).toMatchObject({
			'Content-Type': 'text/html; charset=utf-8',
			'Referrer-Policy': 'no-referrer',
			'Cache-Control': 'no-store',
			'X-Content-Type-Options': 'nosniff',
		});
		expect(page.headers['X-Robots-Tag']).toContain('noindex');
	});

	it('of a problem has its own status and says nothing of any request', () => {
		const statuses = kinds.map((kind) => renderProblemPage(kind).status);
		expect(statuses).toEqual([404, 410, 409, 409, 409, 400, 413, 405, 503]);
		for (const kind of kinds) expect(renderProblemPage(kind).body).not.toContain('Mara');
	});

	it('after a decision lists what was recorded and what comes next', () => {
		const votes = [
			{ subject: 'Mara', vote: 'approve' as const },
			{ subject: 'Ben', vote: 'deny' as const },
		];
		expect(textOf(renderDonePage({ workflow: 'w', votes }))).toMatch(/goes on now.*Mara Approved.*Ben Denied/);
		expect(textOf(renderDonePage({ workflow: 'w', votes, waitsForOthers: true }))).toContain('other approvers');
	});
});

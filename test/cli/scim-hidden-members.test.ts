import { hideMembers } from '../core/scim/support/hidden-members';
import { TOKEN } from '../core/scim/support/scimmy-server';
import { Stage } from '../core/scim/support/stage';
import { folderWith, run, type Outcome } from './run';

const stage = Stage.set();

const desired = (...names: string[]): string =>
	JSON.stringify({
		users: ['ada', 'bob'].map((name) => ({ externalId: name, userName: `${name}@example.com` })),
		groups: [{ displayName: 'staff', members: names.map((externalId) => ({ externalId })) }],
	});

describe('scim on the command line where groups do not show their members', () => {
	let folder: string;
	let staff: string;

	beforeAll(() => (process.env['SCIM_HIDDEN_TOKEN'] = TOKEN));
	afterAll(() => delete process.env['SCIM_HIDDEN_TOKEN']);
	beforeEach(() => {
		folder = folderWith({ 'both.json': desired('ada', 'bob'), 'one.json': desired('ada') });
		for (const name of ['ada', 'bob'])
			stage.server.addUser({ externalId: name, userName: `${name}@example.com` }, name);
		staff = stage.server.addGroup('staff');
		hideMembers(stage);
	});

	const scim = async (verb: string, ...words: string[]): Promise<Outcome & { document: Record<string, unknown> }> => {
		const outcome = await run(folder, 'scim', verb, stage.proxy.baseUrl, '--token-env', 'SCIM_HIDDEN_TOKEN', ...words);
		return { ...outcome, document: outcome.out === '' ? {} : (JSON.parse(outcome.out) as Record<string, unknown>) };
	};
	const journal = ['--journal', 'run.jsonl'];

	it('plans with what the journal knows, applies it, and says when undoing what nobody knows', async () => {
		const applied = await scim('apply', '--desired', 'both.json', ...journal);
		expect(applied).toMatchObject({ code: 0, document: { counts: { applied: 1 } } });
		expect(await scim('apply', '--desired', 'both.json', ...journal)).toMatchObject({
			code: 0,
			document: { requests: { writes: 0 }, findings: [{ severity: 'warning', code: 'members_hidden' }] },
		});

		const planned = await scim('plan', '--desired', 'one.json', ...journal);
		expect(planned).toMatchObject({ code: 0, document: { counts: { remove_members: 1 } } });
		expect((await scim('plan', '--desired', 'one.json')).document).toMatchObject({ counts: { add_members: 1 } });
		const second = await scim('apply', '--desired', 'one.json', ...journal);
		expect(second.document['hash']).toBe(planned.document['hash']);
		expect(stage.server.membersOf(staff)).toEqual(['ada']);

		const undone = await scim('undo', ...journal);
		expect(undone).toMatchObject({
			code: 1,
			document: {
				results: [
					{ kind: 'remove_members', outcome: 'undone' },
					{ kind: 'add_members', outcome: 'conflict' },
				],
			},
		});
	});

	it('a journal to plan with has to be there', async () => {
		const outcome = await scim('plan', '--desired', 'one.json', '--journal', 'none.jsonl');
		expect(outcome).toMatchObject({
			code: 1,
			document: { error: { message: expect.stringContaining('none.jsonl') as string } },
		});
	});
});

import { Stage, edit, outcomes } from './support/stage';

const stage = Stage.set();

describe('updating and disabling accounts', () => {
	test('an update sends what differs and nothing else', async () => {
		const id = stage.server.addUser({
			userName: 'ann@x.example',
			title: 'Engineer',
			name: { givenName: 'Ann', familyName: 'Old' },
		});
		stage.forPerson('ann@x.example', 'update_account', {
			attributes: { userName: 'Ann@X.example', TITLE: 'Engineer', name: { givenName: 'Ann', familyName: 'New' } },
		});
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(stage.proxy.writes().map(({ path, body }) => [path, JSON.parse(body) as unknown])).toEqual([
			[
				`/Users/${id}`,
				{
					schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
					Operations: [{ op: 'replace', path: 'name.familyName', value: 'New' }],
				},
			],
		]);
		expect(stage.ledger.journal[0]?.before).toMatchObject({ name: { familyName: 'Old' } });
	});

	test('an update of a person without account fails with a remedy', async () => {
		stage.forPerson('ann@x.example', 'update_account', { attributes: { title: 'x' } });
		const report = await stage.apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', writes: 0 });
		expect(report.results[0]?.remedy).not.toBe('');
	});

	test('a leaver is deactivated and keeps everything else', async () => {
		stage.server.addUser({ userName: 'ann@x.example', title: 'Engineer' });
		stage.forPerson('ann@x.example', 'disable_account');
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(stage.server.user('ann@x.example')).toMatchObject({ active: false, title: 'Engineer' });
	});

	test('disabling an account that is inactive or absent writes nothing and is verified', async () => {
		stage.server.addUser({ userName: 'ann@x.example', active: false });
		stage.forPerson('ann@x.example', 'disable_account');
		stage.forPerson('bob@x.example', 'disable_account');
		const report = await stage.apply();
		expect(report.results.map(({ outcome, note }) => [outcome, note])).toEqual([
			['verified', 'already inactive'],
			['verified', 'no account'],
		]);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('an application that answers 404 for deactivated accounts counts as done', async () => {
		const id = stage.server.addUser({ userName: 'ann@x.example' });
		stage.forPerson('ann@x.example', 'disable_account');
		stage.proxy.fault(({ method }) => {
			if (method === 'PATCH') stage.server.users.delete(id);
			return method === 'PATCH' ? { status: 200, body: '{}' } : undefined;
		});
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
	});

	test('a 200 that deactivated in no form of writing is a failure', async () => {
		stage.server.addUser({ userName: 'ann@x.example' });
		stage.forPerson('ann@x.example', 'disable_account');
		stage.proxy.fault(({ method }) => (method === 'GET' ? undefined : { status: 200, body: '{}' }));
		const report = await stage.apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' });
		expect(stage.server.user('ann@x.example')?.['active']).toBe(true);
	});

	test('a 200 that updated in no form of writing is a failure that names the attribute, not its value', async () => {
		stage.server.addUser({ userName: 'ann@x.example', title: 'Engineer' });
		stage.forPerson('ann@x.example', 'update_account', { attributes: { title: 'Confidential' } });
		stage.proxy.fault(({ method }) => (method === 'GET' ? undefined : { status: 200, body: '{}' }));
		const [result] = (await stage.apply()).results;
		expect(result).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED', writes: 3 });
		expect(result?.note).toContain('title');
		expect(result?.note).not.toContain('Confidential');
	});

	test('a read-back from a lagging replica is repeated before it counts', async () => {
		stage.server.addUser({ userName: 'ann@x.example' });
		stage.forPerson('ann@x.example', 'disable_account');
		stage.proxy.fault(({ method }, nth) =>
			method === 'GET' && nth === stage.proxy.seen.findIndex((seen) => seen.method === 'PATCH') + 2
				? { rewrite: edit((resource) => (resource['active'] = true)) }
				: undefined,
		);
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
	});

	test('a PATCH with a lost answer is not repeated once the read-back shows it', async () => {
		stage.server.addUser({ userName: 'ann@x.example' });
		stage.forPerson('ann@x.example', 'disable_account');
		stage.proxy.once(({ method }) => method === 'PATCH', 'reset-after');
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
	});

	test('an account found by its stored id is not searched for, whatever characters the id has', async () => {
		const id = 'a/b c?d#e%2F@x';
		stage.server.addUser(
			{ userName: 'ann@x.example', emails: [{ value: 'ann@x.example' }], externalId: 'person-ann' },
			id,
		);
		stage.ledger.add(
			{
				identityId: 'person-ann',
				operation: 'disable_account',
				match: { userName: 'ann@x.example', email: 'ann@x.example' },
			},
			{ remoteId: id, externalId: 'person-ann' },
		);
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(stage.server.users.get(id)?.['active']).toBe(false);
		const path = '/Users/a%2Fb%20c%3Fd%23e%252F%40x';
		expect(stage.proxy.seen.map((seen) => `${seen.method} ${seen.path}`)).toEqual([
			`GET ${path}`,
			`PATCH ${path}`,
			`GET ${path}`,
		]);
	});
});

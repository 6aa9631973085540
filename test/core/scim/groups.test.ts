import { findGroup } from '../../../core/scim';
import { Stage } from './support/stage';

const stage = Stage.set();

describe('groups', () => {
	test('two of one name stop, also where the server cannot search', async () => {
		stage.server.groups.set('g1', { id: 'g1', displayName: 'staff' });
		stage.server.groups.set('g2', { id: 'g2', displayName: 'staff' });
		await expect(findGroup(stage.connection.client, 'staff')).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
		stage.proxy.fault(({ path }) => (path.includes('filter=') ? { status: 400 } : undefined));
		await expect(findGroup(stage.connection.client, 'staff')).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('a name with quotes is found', async () => {
		const id = stage.server.addGroup('the "A" team \\ more');
		expect((await findGroup(stage.connection.client, 'the "A" team \\ more')).id).toBe(id);
	});
});

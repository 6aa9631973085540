import { renderAttributes } from '../../../core/policy';
import { BASE, compiled, person } from './builders';

function rendered(
	attributes: unknown,
	who = person('Ada', { lastName: 'Lovelace', level: 3 }),
): Record<string, unknown> {
	const slack = { connector: 'scim', owner: 'it@acme.example', attributes };
	return renderAttributes(compiled({ applications: { ...BASE.applications, slack } }), 'slack', who);
}

describe('mapping an identity to an account', () => {
	it('fills templates at any depth and keeps what is no template', () => {
		expect(
			rendered({
				userName: '{email}',
				active: true,
				name: { givenName: '{firstName}', familyName: '{lastName}' },
				emails: [{ value: '{email}', type: 'work', primary: true }],
				displayName: '{firstName} {lastName}',
			}),
		).toEqual({
			userName: 'ada@acme.example',
			active: true,
			name: { givenName: 'Ada', familyName: 'Lovelace' },
			emails: [{ value: 'ada@acme.example', type: 'work', primary: true }],
			displayName: 'Ada Lovelace',
		});
	});

	it('leaves out what has no value, with the entry around it', () => {
		const mapping = {
			phones: [{ value: '{department}', type: 'work' }],
			name: { givenName: '{firstName}', familyName: '{lastName}' },
			boss: '{manager.account}',
			displayName: '{firstName} {lastName}',
		};
		expect(rendered(mapping, person('Ada'))).toEqual({ name: { givenName: 'Ada' }, displayName: 'Ada' });
	});

	it('inserts values as they are', () => {
		expect(rendered({ title: '{firstName}' }, person('Ada', { firstName: '{email} $& {' }))).toEqual({
			title: '{email} $& {',
		});
	});

	it('maps nothing for an application that the policy does not know', () => {
		expect(renderAttributes(compiled(), '__proto__', person('Ada'))).toEqual({});
	});
});

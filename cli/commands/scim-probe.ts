import { discover, testConnection } from '../../core/scim';
import { EXIT, type Command } from '../command';
import { CONNECTION_DETAILS, CONNECTION_OPTIONS } from './scim-connection';
import { withApplication } from './scim-output';

export const scimProbe: Command = {
	name: 'scim probe',
	arguments: ['URL'],
	summary: 'Tell what an application’s SCIM 2.0 interface can do. Only reads.',
	details: [
		'URL is where the SCIM resources begin, e.g. https://host/scim/v2. The profile says of each capability where it is known from: documented, discovered, learned.',
		...CONNECTION_DETAILS,
		'Exit code 1 where the application or its users can’t be read.',
	],
	options: CONNECTION_OPTIONS,
	run: (call) =>
		withApplication(call, async ({ client, url }) => {
			const connection = await testConnection(client);
			if (!connection.ok) {
				call.terminal.err(`${connection.message} ${connection.remedy ?? ''}\n`);
				return { document: { url, connection }, code: EXIT.findings };
			}
			const { profile, schemas, resourceTypes, findings } = await discover(client);
			const document = {
				url,
				connection,
				profile,
				schemas: [...schemas.schemas.values()].map(({ id, name, attributes }) => ({
					id,
					name,
					attributes: attributes.size,
				})),
				resourceTypes,
				findings,
				requests: client.traffic,
			};
			return { document, code: EXIT.ok };
		}),
};

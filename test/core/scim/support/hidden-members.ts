import { edit, without, type Stage } from './stage';

/**
 * Groups never show who is in them, in no answer and to no filter, and users don't show their groups (saml-jackson).
 *
 * @param schemas whether the application describes itself
 */
export function hideMembers({ proxy }: Stage, schemas = false): void {
	const empty = edit((resource) => {
		if (resource['displayName'] !== undefined && resource['userName'] === undefined) resource['members'] = [];
	});
	proxy.fault(({ method, path }) => {
		if (path.startsWith('/Schemas') && !schemas) return { status: 404, body: '{}' };
		if (!path.startsWith('/Groups')) return { rewrite: without('groups') };
		if (path.includes('members.value')) return { status: 200, body: '{"totalResults":0,"Resources":[]}' };
		return method === 'DELETE' ? undefined : { rewrite: (answer) => (answer.body ? empty(answer) : answer) };
	});
}

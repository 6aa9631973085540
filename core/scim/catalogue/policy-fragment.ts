import { stringify } from 'yaml';
import type { CatalogueEntry } from './catalogue';

/** To be filled in by whoever adopts the application. */
export const OWNER_PLACEHOLDER = 'FILL-IN@example.com';

/**
 * A beginning of a policy: the application and one entitlement for each group, with an owner to fill in. Roles,
 * entitlements and licences, which SCIM gives no group for, follow as comments.
 */
export function policyFragment(application: string, entries: readonly CatalogueEntry[]): string {
	const app = nameOf(application);
	const entitlements = new Map<string, { app: string; group?: string; account?: boolean; owner: string }>();
	entitlements.set(`${app}/account`, { app, account: true, owner: OWNER_PLACEHOLDER });
	for (const { kind, name } of entries) {
		if (kind !== 'group') continue;
		const entitlement = unique(entitlements, `${app}/${nameOf(name)}`);
		entitlements.set(entitlement, { app, group: name, owner: OWNER_PLACEHOLDER });
	}
	const document = {
		applications: {
			[app]: {
				connector: 'scim',
				owner: OWNER_PLACEHOLDER,
				attributes: { userName: '{email}', emails: [{ value: '{email}', type: 'work', primary: true }] },
			},
		},
		entitlements: Object.fromEntries(entitlements),
	};
	const others = entries.filter(({ kind }) => kind !== 'group');
	const comments = others.map(
		({ kind, name, value, holders = 0 }) => `#   ${kind} ${oneLine(name)} (${oneLine(value)}): ${holders} accounts\n`,
	);
	const tail =
		comments.length === 0 ? '' : `# Given by attributes of the account, not by a group:\n${comments.join('')}`;
	return `${stringify(document, { lineWidth: 0 })}${tail}`;
}

/** Names of a policy are lower case with dashes. */
function nameOf(text: string): string {
	const parts =
		text
			.normalize('NFKD')
			.toLowerCase()
			.match(/[a-z0-9]+/g) ?? [];
	const name = parts.join('-').slice(0, 60);
	return name === '' ? 'unnamed' : name;
}

function unique(taken: ReadonlyMap<string, unknown>, name: string): string {
	let candidate = name;
	for (let number = 2; taken.has(candidate); number++) candidate = `${name}-${number}`;
	return candidate;
}

function oneLine(text: string): string {
	return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

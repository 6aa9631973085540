import { stringify } from 'yaml';
import type { CatalogueEntry } from './catalogue';

/** To be filled in by whoever adopts the application. */
export const OWNER_PLACEHOLDER = 'FILL-IN@example.com';

/** What a policy would read as a placeholder. */
const PLACEHOLDER = /[{}*]/;

/**
 * A beginning of a policy: the application and one entitlement for each group and each role, with an owner to fill in.
 * What can't be given so follows as comments.
 *
 * @param roles kind of the entries that are this application's roles; absent where it takes none
 */
export function policyFragment(
	application: string,
	entries: readonly CatalogueEntry[],
	roles?: CatalogueEntry['kind'],
): string {
	const app = nameOf(application);
	const entitlements = new Map<string, Declared>();
	entitlements.set(`${app}/account`, { app, account: true, owner: OWNER_PLACEHOLDER });
	const others: CatalogueEntry[] = [];
	for (const entry of entries) {
		const { kind, name, value } = entry;
		const isRole = kind === roles && !PLACEHOLDER.test(value);
		if (kind !== 'group' && !isRole) others.push(entry);
		else {
			const what = kind === 'group' ? { group: name } : { role: value };
			const entitlement = unique(entitlements, `${app}/${nameOf(name)}`);
			entitlements.set(entitlement, { app, ...what, owner: OWNER_PLACEHOLDER });
		}
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
	const comments = others.map(
		({ kind, name, value, holders = 0 }) => `#   ${kind} ${oneLine(name)} (${oneLine(value)}): ${holders} accounts\n`,
	);
	const tail =
		comments.length === 0
			? ''
			: `# Given by attributes of the account, not by a group or a role:\n${comments.join('')}`;
	return `${stringify(document, { lineWidth: 0 })}${tail}`;
}

interface Declared {
	app: string;
	group?: string;
	role?: string;
	account?: boolean;
	owner: string;
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

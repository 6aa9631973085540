import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { asDomainError, statusOf } from '../errors';
import { MemberVisibility, readGroup, type GroupState } from '../groups';
import { equalsFilter } from '../filter';
import { isLikelyLimit, listQuery, readPage } from '../page';
import { PageReader } from '../page-reader';
import { textAttribute, type ScimResource } from '../resource';
import type { Findings } from './findings';
import type { DesiredGroup, DesiredState } from './types';

export interface GroupsRead {
	/** The groups of the state that the application has. */
	found: ReadonlyMap<DesiredGroup, GroupFound>;
	/** Groups that may exist and could not be read: nothing is concluded about them. */
	unknown: ReadonlySet<DesiredGroup>;
	/** Ids by displayName, externalId and id, for groups as members. */
	names: ReadonlyMap<string, string>;
	complete: boolean;
	visibility: MemberVisibility;
}

export interface GroupFound {
	resource: ScimResource;
	state: GroupState;
}

/** Reads the groups of a desired state: the names of all groups, then each managed group itself, since listings may leave members out (RFC 7644 §3.9). */
export async function readGroups(client: ScimClient, desired: DesiredState, findings: Findings): Promise<GroupsRead> {
	const visibility = new MemberVisibility();
	const names = new Map<string, string>();
	const found = new Map<DesiredGroup, GroupFound>();
	const unknown = new Set<DesiredGroup>();
	if (desired.groups.length === 0) return { found, unknown, names, complete: true, visibility };
	const candidates = new Map<string, ScimResource[]>();
	const note = (label: string, resource: ScimResource): void => {
		const known = candidates.get(label);
		if (known === undefined) candidates.set(label, [resource]);
		else known.push(resource);
		names.set(label, resource.id);
	};
	let listed = 0;
	const show = (group: ScimResource): void => {
		const resource = withoutMembers(group);
		listed++;
		note(`i\n${group.id}`, resource);
		const externalId = textAttribute(group, 'externalId');
		const displayName = textAttribute(group, 'displayName');
		if (externalId !== undefined) note(`x\n${externalId}`, resource);
		if (displayName !== undefined) note(`d\n${displayName}`, resource);
	};
	const reader = new PageReader(client, 'Groups', { excludedAttributes: ['members'] }, (page) => page.forEach(show));
	const first = await reader.read();
	const lacks = desired.groups.some((group) => hitsOf(group, candidates).length === 0);
	const coverage = first.complete && reader.mayGoOn && lacks ? await reader.readOn() : first;
	if (!coverage.complete) {
		findings.add(
			'warning',
			'incomplete_read',
			'Groups',
			`The groups could not be listed to the end. ${coverage.reason ?? ''}`.trim(),
			'No group is created that may exist already. Ask the application for complete listings.',
		);
	}
	// As many as a listing gives out at once may not be all (jackson: 50, and no next page).
	const mayLack = !coverage.complete || isLikelyLimit(listed);
	await mapBounded(desired.groups, client.limits.concurrency, async (group) => {
		let hits = hitsOf(group, candidates);
		if (hits.length === 0 && mayLack) hits = await searchByName(client, group.displayName);
		if (hits.length > 1) {
			unknown.add(group);
			findings.add(
				'error',
				'ambiguous',
				group.displayName,
				`The application has ${hits.length} groups that could be "${group.displayName}".`,
				'Rename all but one of them, or give the group its id in the file.',
			);
		}
		const [resource, second] = hits;
		if (resource === undefined && !coverage.complete) unknown.add(group);
		if (resource === undefined || second !== undefined) return;
		try {
			const state = await readGroup(client, resource.id);
			visibility.learn(state);
			found.set(group, { resource, state });
		} catch (error) {
			unknown.add(group);
			findings.error(group.displayName, asDomainError(error));
		}
	});
	return { found, unknown, names, complete: coverage.complete, visibility };
}

/** The groups that a wanted one may be: by the strongest key that finds any. */
function hitsOf(
	group: DesiredGroup,
	candidates: ReadonlyMap<string, readonly ScimResource[]>,
): readonly ScimResource[] {
	const labels = [
		...(group.id === undefined ? [] : [`i\n${group.id}`]),
		...(group.externalId === undefined ? [] : [`x\n${group.externalId}`]),
		`d\n${group.displayName}`,
	];
	for (const label of labels) {
		const hits = candidates.get(label);
		if (hits !== undefined) return hits;
	}
	return [];
}

/** Only a hit counts: who isn't found may still exist. */
async function searchByName(client: ScimClient, displayName: string): Promise<readonly ScimResource[]> {
	const { groups } = client.capabilities.filter;
	if (!groups.includes('*') && !groups.includes('displayname')) return [];
	try {
		const filter = equalsFilter('displayName', displayName);
		const { resources } = readPage(await client.get(['Groups'], listQuery({ filter })));
		const named = resources.filter((group) => textAttribute(group, 'displayName') === displayName);
		return [...new Map(named.map((group) => [group.id, withoutMembers(group)])).values()];
	} catch (error) {
		if (statusOf(error) === undefined) throw error;
		return [];
	}
}

function withoutMembers(group: ScimResource): ScimResource {
	const { members: _members, ...resource } = group as ScimResource & { members?: unknown };
	return resource;
}

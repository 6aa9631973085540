import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { asDomainError } from '../errors';
import { MemberVisibility, readGroup, type GroupState } from '../groups';
import { visitAll } from '../pager';
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
	const coverage = await visitAll(client, 'Groups', { excludedAttributes: ['members'] }, (group) => {
		const { members: _members, ...resource } = group as ScimResource & { members?: unknown };
		note(`i\n${group.id}`, resource);
		const externalId = textAttribute(group, 'externalId');
		const displayName = textAttribute(group, 'displayName');
		if (externalId !== undefined) note(`x\n${externalId}`, resource);
		if (displayName !== undefined) note(`d\n${displayName}`, resource);
	});
	if (!coverage.complete) {
		findings.add(
			'warning',
			'incomplete_read',
			'Groups',
			`The groups could not be listed to the end. ${coverage.reason ?? ''}`.trim(),
			'No group is created that may exist already. Ask the application for complete listings.',
		);
	}
	await mapBounded(desired.groups, client.limits.concurrency, async (group) => {
		const hits = hitsOf(group, candidates);
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

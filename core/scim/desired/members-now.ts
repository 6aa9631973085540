import type { ScimClient } from '../client';
import type { GroupState, MemberVisibility } from '../groups';
import { describesMembers } from '../member-visibility';
import type { Findings } from './findings';
import { HiddenMembers } from './hidden-members';
import type { MemberHistory } from './member-history';
import type { MembersSeen } from './types';

/** How an empty group is to be understood. */
type Sight =
	/** It is empty. */
	| 'empty'
	/** It has members that aren't shown, and whoever is asked about can be told. */
	| 'asked'
	/** Members were sent to it, and nothing shows any: the journal is all there is. */
	| 'journaled'
	/** No group shows a member, and nothing tells why. */
	| 'untold';

/** Finds out who is in the managed groups, also where they don't show it (jackson, AWS). */
export class MembersNow {
	readonly #hidden: HiddenMembers;

	/** @param people ids of the accounts that the desired state knows */
	constructor(
		readonly client: ScimClient,
		readonly visibility: MemberVisibility,
		readonly history: MemberHistory,
		readonly findings: Findings,
		people: () => readonly string[],
	) {
		this.#hidden = new HiddenMembers(client, visibility, history, people);
	}

	async of(group: GroupState, wanted: ReadonlySet<string>): Promise<MembersSeen> {
		const shown = { present: group.members, removable: group.members };
		if (group.members.size > 0) return shown;
		this.history.found(group.id, group.displayName);
		const sight = await this.#sight(group, wanted);
		if (sight === 'empty') return shown;
		const members =
			sight === 'asked'
				? await this.#hidden.of(group.id, wanted)
				: sight === 'journaled'
					? this.#journaled(group)
					: shown;
		this.#tell(group, sight, members.present.size);
		return members;
	}

	#journaled({ id }: GroupState): MembersSeen {
		return { present: this.history.there(id), removable: this.history.perhapsThere(id) };
	}

	async #sight({ id }: GroupState, wanted: ReadonlySet<string>): Promise<Sight> {
		const { client, visibility, history } = this;
		if (!client.capabilities.membership.readableMembers || history.hidden) return 'asked';
		// Whoever was sent is the likeliest to be found.
		const perhaps = history.perhapsThere(id);
		const [sample] = [...perhaps, ...wanted];
		if (await visibility.shown(client)) return 'empty';
		const answer =
			sample === undefined ? undefined : await visibility.contains(client, id, sample).catch(() => undefined);
		if (answer === true) return 'asked';
		if (history.unseen(id)) return answer === false ? 'asked' : 'journaled';
		if (history.seen) return 'empty';
		return perhaps.size > 0 ? 'journaled' : 'untold';
	}

	#tell({ displayName }: GroupState, sight: Exclude<Sight, 'empty'>, known: number): void {
		const { findings, client } = this;
		if (sight === 'untold') {
			findings.add(
				describesMembers(client.schemas) ? 'info' : 'warning',
				'members_hidden',
				displayName,
				`No group of the application shows a member: whether "${displayName}" is empty or hides its members can't be told, and nobody is removed from it.`,
				REMEDY,
			);
			return;
		}
		const counted = known === 1 ? 'One person counts' : `${known} people count`;
		findings.add(
			'warning',
			'members_hidden',
			displayName,
			`The application does not show the members of "${displayName}": people outside the file are neither seen nor removed. ${counted} as there, ${sight === 'asked' ? 'asked about one by one' : 'because earlier runs of the journal sent them'}.`,
			REMEDY,
		);
	}
}

const REMEDY =
	'Compare the members in the application. With a journal (--journal FILE), members that its runs sent are not sent again, and are taken out when nobody wants them any more.';

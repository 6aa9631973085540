import type { ActionBook } from '../action-book';
import type { ContentContext } from '../content';
import type { Exposure, KnownAccount, PeoplePlanInput } from './types';

/** Where the plan of one person goes, with what it rests on. */
export interface PlanSink {
	input: PeoplePlanInput;
	context: ContentContext;
	book: ActionBook;
	/** Takes what would happen in applications that are only watched. */
	watched: ActionBook;
	exposures: Exposure[];
	/** Whether a separation of duties speaks of an entitlement. */
	apart(entitlement: string): boolean;
	account(application: string, identityId: string): KnownAccount | undefined;
}

import { DomainError } from '../../../core/model';
import { withId } from '../../runtime/signed-webhook';
import type { HrisProvider } from './provider';

/** Our own form (docs/lifecycle.md): one event, a list of events, or `{ "events": [...] }`. */
export const generic: HrisProvider = {
	events(body, { id }) {
		if (Array.isArray(body)) return body as unknown[];
		if (typeof body !== 'object' || body === null) {
			throw new DomainError(
				'INPUT_INVALID',
				'The body is no JSON object or list.',
				'Send one event, a list of events, or {"events": [...]}.',
			);
		}
		const { events } = body as { events?: unknown };
		return Array.isArray(events) ? (events as unknown[]) : [withId(body, id)];
	},
};

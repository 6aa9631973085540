import { MAX_COMMENT_CHARACTERS } from './decision-form';
import { markup } from '../html';
import { framePage, type Page } from './page-frame';

export type ProblemKind =
	| 'unknown_link'
	| 'expired'
	| 'already_used'
	| 'already_decided'
	| 'changed'
	| 'bad_form'
	| 'too_large'
	| 'method_not_allowed'
	| 'store_failed';

const PROBLEMS: Readonly<Record<ProblemKind, { status: number; heading: string; text: string }>> = {
	unknown_link: {
		status: 404,
		heading: 'This link is not valid',
		text: 'It may have been cut off on its way. Open it again from the original message, and ask for a new one if that fails.',
	},
	expired: {
		status: 410,
		heading: 'The time to decide is over',
		text: 'What was not approved in time does not happen. If it is still needed, ask whoever runs the workflow to request approval again.',
	},
	already_used: {
		status: 409,
		heading: 'This link has been used',
		text: 'The decision made with it is recorded and can’t be changed here. If it wasn’t you, tell your security team now.',
	},
	already_decided: {
		status: 409,
		heading: 'This has been decided already',
		text: 'Your decision is no longer needed, and none was recorded for you.',
	},
	changed: {
		status: 409,
		heading: 'The request has changed',
		text: 'What you were asked about is no longer what would be done, so it can’t be approved. A new request follows if it is still needed.',
	},
	bad_form: {
		status: 400,
		heading: 'The decision was incomplete',
		text: 'Nothing was recorded. Go back, choose Approve or Deny for everyone listed, and submit again.',
	},
	too_large: {
		status: 413,
		heading: 'The comment is too long',
		text: `Nothing was recorded. Go back, shorten the comment to ${MAX_COMMENT_CHARACTERS} characters, and submit again.`,
	},
	method_not_allowed: {
		status: 405,
		heading: 'This page can’t do that',
		text: 'Open the link from your message in a browser.',
	},
	store_failed: {
		status: 503,
		heading: 'The decision could not be recorded',
		text: 'Nothing was changed and the link stays valid. Please try again in a few minutes.',
	},
};

/** A page for what went wrong. It says nothing about the request: whoever sees it may not be the approver. */
export function renderProblemPage(kind: ProblemKind): Page {
	const { status, heading, text } = PROBLEMS[kind];
	return framePage(
		status,
		heading,
		markup`<section class="plain">
<h1>${heading}</h1>
<p>${text}</p>
</section>`,
	);
}

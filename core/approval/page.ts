import type { Quote, Vote } from '../model';
import { decisionFieldName, MAX_COMMENT_CHARACTERS } from './decision-form';
import type { DecisionPageAction, DecisionPageModel, DecisionPageRequest } from './decision-page-model';
import { markup, type Html } from '../html';
import { framePage, type Page } from './page-frame';
import { attributesInWords, instantInWords, needInWords, OPERATION_WORDS, valueInWords } from './page-wording';

const HASH_CHARACTERS_SHOWN = 12;

/**
 * The page on which one approver decides about the requests of one link. It works without JavaScript; nothing is
 * selected beforehand; the form posts to the page's own address, so that the query with signature and token stays.
 */
export function renderDecisionPage(model: DecisionPageModel): Page {
	const requests = model.requests.length;
	const title = requests === 1 ? 'Your approval is asked for' : `Your approval is asked for ${requests} requests`;
	return framePage(
		200,
		'Access approval',
		markup`<header class="intro">
<h1>${title}</h1>
<p>The workflow <strong><bdi>${model.workflow}</bdi></strong> asks you to decide. Nothing below happens unless it is approved.</p>
<p class="soft">This link is personal to <bdi>${model.approver}</bdi> and works once. Please don’t pass it on.</p>
</header>
<form method="post">
${model.requests.map((request) => personCard(request, model.zone))}
<section class="plain">
<label class="comment" for="comment">Comment <span class="soft">(optional, kept in the audit log)</span></label>
<textarea id="comment" name="comment" maxlength="${MAX_COMMENT_CHARACTERS}" rows="3"></textarea>
<button type="submit">Submit ${requests === 1 ? 'decision' : `${requests} decisions`}</button>
<p class="soft">A decision is final and is recorded with your address and the time.</p>
</section>
</form>`,
	);
}

function personCard(request: DecisionPageRequest, zone: string | undefined): Html {
	const field = decisionFieldName(request.id);
	const choice = (vote: Vote, label: string) =>
		markup`<label class="choice ${vote}"><input type="radio" name="${field}" value="${vote}" required>${label}</label>`;
	return markup`<section class="person">
<h2><bdi>${request.subject}</bdi></h2>
<dl class="person-facts">
${row('Decide by', markup`${instantInWords(request.expiresAt, zone)}`)}
${row('Approval rule', markup`${request.rule} <span class="soft">(needs ${needInWords(request.need)})</span>`)}
</dl>
${request.actions.map((action) => actionBlock(action, zone))}
<fieldset>
<legend>Your decision for <bdi>${request.subject}</bdi></legend>
<div class="choices">
${choice('approve', 'Approve')}
${choice('deny', 'Deny')}
</div>
</fieldset>
</section>
`;
}

function actionBlock(action: DecisionPageAction, zone: string | undefined): Html {
	const target = action.target === undefined ? undefined : markup` “<bdi>${action.target}</bdi>”`;
	const account = action.match.userName ?? action.match.email ?? 'not known yet';
	return markup`<article class="action">
<div class="action-head">
<h3>${OPERATION_WORDS[action.operation]}${target} in <bdi>${action.application}</bdi></h3>
${action.privileged ? markup`<span class="badge">Privileged access</span>` : undefined}
</div>
<dl>
${row('Entitlement', action.entitlement === undefined ? undefined : markup`<code>${action.entitlement}</code>`)}
${row('Account', markup`${account}`)}
${attributesInWords(action.attributes ?? {}).map(([name, value]) => row(`Sets ${name}`, markup`${value}`))}
${row('From', markup`${instantInWords(action.dueAt, zone)}`)}
${row('Valid until', validUntil(action, zone))}
${row('Why', reasons(action))}
${row('Action', markup`<code title="${action.hash}">${action.hash.slice(0, HASH_CHARACTERS_SHOWN)}</code>`)}
</dl>
${action.sources.flatMap(({ quote }) => (quote === undefined ? [] : [contractQuote(quote)]))}
</article>
`;
}

function row(name: string, value: Html | undefined): Html {
	return value === undefined ? markup`` : markup`<dt>${name}</dt><dd>${value}</dd>`;
}

/** Access that is taken away has no end; access that is given without one says so. */
function validUntil(action: DecisionPageAction, zone: string | undefined): Html | undefined {
	if (action.validUntil !== undefined) return markup`${instantInWords(action.validUntil, zone)}`;
	const gives = ['create_account', 'add_to_group', 'assign_role'].includes(action.operation);
	return gives ? markup`no end date` : undefined;
}

function reasons(action: DecisionPageAction): Html {
	const sentences = [action.reason, ...action.sources.map((source) => source.reason)].map((reason) => reason.trim());
	const distinct = [...new Set(sentences)].filter((sentence) => sentence !== '');
	return markup`${distinct.map((sentence, index) => (index === 0 ? markup`${sentence}` : markup`<br>${sentence}`))}`;
}

function contractQuote(quote: Quote): Html {
	return markup`<blockquote>${valueInWords(quote.text)}<cite>Contract, ${quote.clause}</cite></blockquote>`;
}

export interface DonePageModel {
	/** Name of the workflow that asked. */
	workflow: string;
	/** What was recorded, in the order shown. */
	votes: ReadonlyArray<{ subject: string; vote: Vote }>;
	/** True where other approvers still have to decide. */
	waitsForOthers?: boolean;
}

/** What an approver sees after the decision was recorded. */
export function renderDonePage({ workflow, votes, waitsForOthers = false }: DonePageModel): Page {
	const name = markup`<strong><bdi>${workflow}</bdi></strong>`;
	const next = waitsForOthers
		? markup`The workflow ${name} goes on when the other approvers have decided.`
		: markup`All decisions are in: the workflow ${name} goes on now.`;
	const line = ({ subject, vote }: { subject: string; vote: Vote }) =>
		markup`<li><bdi>${subject}</bdi><strong class="${vote}">${vote === 'approve' ? 'Approved' : 'Denied'}</strong></li>`;
	return framePage(
		200,
		'Decision recorded',
		markup`<section class="plain">
<h1>Thank you, your decision is recorded</h1>
<p>${next} You can close this page.</p>
<ul class="votes">
${votes.map(line)}
</ul>
</section>`,
	);
}

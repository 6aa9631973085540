import type { ContractChange, Effective } from '../../model';
import type { ClauseNode } from '../tree';
import { classesOf } from './filters';
import { markup, type Html } from '../../html';
import { inserted, removed, wordingOf } from './inline-text';
import { effectiveInWords, nameOf, OPS } from './words';

export interface CardContext {
	/** Anchor of the change on the page. */
	anchor: string;
	/** Left out of the path: it is the page's own heading. */
	title: string;
	zone?: string;
	/** From when the whole set holds. */
	effective?: Effective;
	/** The clause in the later version, for changes without wording of their own (moved, say). */
	node?: ClauseNode;
}

/** One change: number, heading, what happened, the wording with its marks, and what follows from it. */
export function changeCard(change: ContractChange, context: CardContext): Html {
	const wording = wordingOf(withoutHeading(change)) ?? unchangedWording(context.node);
	return markup`<article class="${classesOf(change)}" id="${context.anchor}">
<header>
<h3>${numbers(change)} <bdi>${title(change, context.node)}</bdi></h3>
<p class="badges">${badges(change)}</p>
${pathLine(change, context.title)}
</header>
${humanNote(change)}
${wording === undefined ? undefined : markup`<div class="wording" dir="auto">${wording}</div>`}
${notes(change, context)}
</article>
`;
}

/** The heading of a clause that came or went whole is part of what was inserted or removed. */
function title(change: ContractChange, node: ClauseNode | undefined): Html {
	const name = nameOf(change, node);
	if (!bringsHeading(change)) return markup`${name}`;
	return change.op.includes('added') ? inserted(name) : removed(name);
}

function bringsHeading({ op, text, clause }: ContractChange): boolean {
	if (!op.includes('added') && !op.includes('removed')) return false;
	const heading = clause?.heading ?? '';
	return heading !== '' && (text?.after ?? text?.before ?? '').split('\n', 1)[0] === heading;
}

/** What stands in the title need not stand below it once more. */
function withoutHeading(change: ContractChange): ContractChange {
	if (!bringsHeading(change)) return change;
	const { inline: _, ...text } = change.text ?? {};
	const rest = (whole: string): string => whole.slice((change.clause?.heading?.length ?? 0) + 1);
	return {
		...change,
		text: {
			...(text.before === undefined ? {} : { before: rest(text.before) }),
			...(text.after === undefined ? {} : { after: rest(text.after) }),
		},
	};
}

/** Old and new number as a reader sees them. */
export function numbers(change: ContractChange): Html | undefined {
	const { numberBefore, numberAfter } = change.clause ?? {};
	if (numberBefore === undefined && numberAfter === undefined) return undefined;
	if (numberBefore === numberAfter) return markup`<span class="number">${numberAfter}</span>`;
	if (numberBefore === undefined || change.op.includes('added'))
		return markup`<span class="number"><ins>${numberAfter}</ins></span>`;
	if (numberAfter === undefined || change.op.includes('removed'))
		return markup`<span class="number"><del>${numberBefore}</del></span>`;
	return markup`<span class="number"><del>${numberBefore}</del> → <ins>${numberAfter}</ins></span>`;
}

export function badges(change: ContractChange): Html {
	const kind = KINDS[change.kind];
	return markup`${change.op.map(
		(op) => markup`<span class="badge ${op}"><span aria-hidden="true">${OPS[op].sign}</span> ${OPS[op].word}</span> `,
	)}${kind === undefined ? undefined : markup`<span class="badge">${kind}</span> `}${
		change.needsHuman
			? markup`<span class="badge human"><span aria-hidden="true">!</span> Needs a person</span>`
			: undefined
	}`;
}

const KINDS: Readonly<Partial<Record<ContractChange['kind'], string>>> = {
	definition: 'Definition',
	party: 'Party',
	lifecycle: 'Whole contract',
	field: 'Field',
};

function pathLine(change: ContractChange, title: string): Html | undefined {
	const path = (change.clause?.path ?? []).filter((heading) => heading !== title && heading !== '');
	return path.length === 0 ? undefined : markup`<p class="path">in <bdi>${path.join(' › ')}</bdi></p>`;
}

function humanNote(change: ContractChange): Html | undefined {
	return (
		change.needsHuman && markup`<p class="note human"><strong>Needs a person:</strong> ${change.needsHuman.reason}</p>`
	);
}

function unchangedWording(node: ClauseNode | undefined): Html | undefined {
	return node === undefined || node.text === '' ? undefined : markup`${node.text}`;
}

/** Said on the card only where it differs from what the head of the page says. */
function sameTime(own: Effective, whole: Effective | undefined): boolean {
	return own.from === whole?.from && own.until === whole.until;
}

function notes(change: ContractChange, context: CardContext): Html {
	const { refs, termsReached, scope, effective, author, confidence } = change;
	const places = change.kind === 'party' ? (change.field?.path.length ?? 1) - 1 : 0;
	const lines: Array<Html | undefined> = [
		refs && refs.broken.length > 0
			? markup`<p class="note human"><strong>Reference that leads nowhere now:</strong> ${refs.broken.join('; ')}</p>`
			: undefined,
		refs && refs.retargeted.length > 0
			? markup`<p class="note">References that follow the new numbers: ${refs.retargeted
					.map(({ from, to }) => `${from} → ${to}`)
					.join('; ')}</p>`
			: undefined,
		termsReached && termsReached.length > 0
			? markup`<p class="note">The term it defines is used in: ${termsReached.join('; ')}</p>`
			: undefined,
		scope === undefined ? undefined : markup`<p class="note human"><strong>Applies only:</strong> ${scope}</p>`,
		effective && !sameTime(effective, context.effective)
			? markup`<p class="note">Effective: ${effectiveInWords(effective, context.zone)}</p>`
			: undefined,
		places > 0 ? markup`<p class="note">Renamed in ${places} clause${places === 1 ? '' : 's'}.</p>` : undefined,
		author === undefined ? undefined : markup`<p class="note">Tracked change by <bdi>${author}</bdi></p>`,
		confidence < 0.7
			? markup`<p class="note">Matched with ${Math.round(confidence * 100)} % certainty: compare the clauses yourself.</p>`
			: undefined,
	];
	return markup`${lines.filter((line) => line !== undefined)}`;
}

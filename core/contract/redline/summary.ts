import type { ContractChange, ContractChangeSet } from '../../model';
import { numbers } from './change-card';
import { markup, type Html } from '../../html';
import { instructionOf, isCarriedOut } from './instruction';
import { openInstructions, type InstructionOutcome } from './instructions-table';
import { count } from './count';
import { countsInWords, effectiveInWords, instantInWords, nameOf } from './words';

const HASH_CHARACTERS_SHOWN = 12;

/** Who, what, from when: the head of the page. */
export function pageHead(changeSet: ContractChangeSet, title: string, zone: string | undefined): Html {
	const { contract, amendment, before, after } = changeSet;
	const hash = (document: { sha256: string }): Html =>
		markup`<code title="${document.sha256}">${document.sha256.slice(0, HASH_CHARACTERS_SHOWN)}</code>`;
	return markup`<header class="page-head">
<p class="kicker">Redline</p>
<h1 dir="auto">${title}</h1>
<dl>
${fact('Contract', markup`<bdi>${contract.id}</bdi>`)}
${contract.parties.length > 0 ? fact('Parties', markup`<bdi>${contract.parties.join(' · ')}</bdi>`) : undefined}
${amendment && fact('Amendment', amendmentInWords(amendment, zone))}
${fact('Effective', markup`${effectiveInWords(amendment?.effective ?? changeSet.effective, zone)}`)}
${fact('Known since', markup`${instantInWords(changeSet.effective.knownAt, zone)}`)}
${fact('Versions', before ? markup`${hash(before)} → ${hash(after)}` : markup`first seen: ${hash(after)}`)}
${fact('Changes', markup`${changesInWords(changeSet)}`)}
</dl>
</header>
`;
}

function fact(name: string, value: Html): Html {
	return markup`<dt>${name}</dt><dd>${value}</dd>`;
}

function amendmentInWords(amendment: NonNullable<ContractChangeSet['amendment']>, zone: string | undefined): Html {
	const number = amendment.number === undefined ? '' : `No. ${amendment.number}`;
	const name = [number, amendment.title ?? ''].filter((part) => part !== '').join(', ');
	const signed = amendment.signedAt === undefined ? '' : `, signed ${instantInWords(amendment.signedAt, zone)}`;
	return markup`<bdi>${name === '' ? (amendment.id ?? 'without number') : name}</bdi>${signed}`;
}

function changesInWords({ changes, terms, stats }: ContractChangeSet): string {
	const done = changes.filter(isCarriedOut).length;
	if (done === 0) return 'Nothing changed that has a meaning.';
	const parts = countsInWords(changes, stats);
	const changedTerms = terms.filter((term) => term.changed).length;
	const ofTerms = changedTerms > 0 ? `; ${count(changedTerms, 'term')} changed` : '';
	return `${count(done, 'change')}: ${parts.join(', ')}${ofTerms}.`;
}

/** What a person has to look at, before anything else. */
export function attention(
	changeSet: ContractChangeSet,
	instructions: readonly InstructionOutcome[],
	anchorOf: (change: ContractChange) => string,
): Html | undefined {
	const items = openInstructions(instructions);
	for (const change of changeSet.changes) {
		// Instructions speak for the changes that they ordered.
		if (instructionOf(change)) continue;
		const link = markup`<a href="#${anchorOf(change)}">${numbers(change)} <bdi>${nameOf(change)}</bdi></a>`;
		if (change.needsHuman) items.push(markup`<li>${link}: ${change.needsHuman.reason}</li>`);
		else
			for (const broken of change.refs?.broken ?? [])
				items.push(markup`<li>${link}: the reference to ${broken} leads nowhere now.</li>`);
	}
	for (const term of changeSet.terms)
		if (term.after?.problem !== undefined && term.after.value === undefined)
			items.push(markup`<li><a href="#terms">Term <bdi>${term.name}</bdi></a>: ${term.after.problem}</li>`);
	const ids = new Set(changeSet.changes.map(({ id }) => id));
	// What is unresolved and no change of this set has no card to lead to.
	for (const unresolved of changeSet.unresolved) if (!ids.has(unresolved)) items.push(markup`<li>${unresolved}</li>`);
	for (const warning of changeSet.warnings) items.push(markup`<li>${warning}</li>`);
	if (items.length === 0) return undefined;
	return markup`<section class="attention">
<h2>Please look at ${items.length === 1 ? 'this' : `these ${items.length} points`}</h2>
<ul>
${items}
</ul>
</section>
`;
}

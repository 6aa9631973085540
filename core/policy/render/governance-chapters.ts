import { overlapsOf } from '../schema';
import type { PolicyDocument } from '../schema';
import { chapter, list } from './access-chapters';
import { names } from './blocks';
import type { Block, Inline, Text } from './blocks';
import { approvalSentence, conditionText, separationSentence } from './sentences';

function people(policy: PolicyDocument): Text[] {
	const { joiner, leaver, exceptions } = policy;
	const lines: Text[] = overlapsOf(policy).map((overlap): Text => [
		'Where ',
		...names([overlap.on].flat(), 'or'),
		' changes, ',
		...names(overlap.keep),
		` stays for another ${overlap.for}.`,
	]);
	if (joiner !== undefined) {
		const where: Inline[] = joiner.applications === undefined ? [] : [' in ', ...names(joiner.applications)];
		lines.unshift([
			`Accounts are made ready ${joiner.preProvision} before the first day`,
			...where,
			', disabled until then.',
		]);
	}
	if (leaver !== undefined) {
		const order = leaver.order === undefined ? '' : ` in this order: ${leaver.order.join(', ')}`;
		const heir = leaver.transferTo === undefined ? '' : ` What they own goes to ${leaver.transferTo}.`;
		lines.push([`Whoever leaves loses all access at the end${order}.${heir}`]);
	}
	if (exceptions !== undefined) {
		const by = exceptions.owners === undefined ? '' : `, answered for by ${exceptions.owners.join(', ')}`;
		lines.push([`Exceptions last at most ${exceptions.maxDuration}${by}.`]);
	}
	return lines;
}

function emergency({ breakGlass }: PolicyDocument): Text[] {
	if (breakGlass === undefined) return [];
	const { grant, by, for: duration, review } = breakGlass;
	const whom = conditionText(by);
	return [
		[
			...(whom.length === 0 ? ['Everybody'] : ['Whoever has: ', ...whom, ',']),
			' may take ',
			...names(grant, 'or'),
			` in an emergency for ${duration}. It is reviewed within ${review.within} by `,
			...names(review.approvers),
			'.',
		],
	];
}

function guards({ guards: limits }: PolicyDocument): Text[] {
	if (limits === undefined) return [];
	const within = limits.window === undefined ? 'in one run' : `within ${limits.window}`;
	const lines: Text[] = [];
	const say = (limit: number | undefined, sentence: string) => {
		if (limit !== undefined) lines.push([sentence]);
	};
	const { maxInferredRevokesPercent, percentFrom, maxInferredRevokes, maxLeavers, minFeedPercent } = limits;
	say(
		maxInferredRevokesPercent,
		`The run stops where more than ${maxInferredRevokesPercent ?? ''} % of all access would be taken ${within} without anybody having asked for it.`,
	);
	say(
		maxInferredRevokes,
		`The run stops where more than ${maxInferredRevokes ?? ''} rights would be taken ${within} without anybody having asked for it.`,
	);
	say(percentFrom, `Shares are looked at from ${percentFrom ?? ''} rights on.`);
	say(maxLeavers, `The run stops where more than ${maxLeavers ?? ''} people leave ${within}.`);
	say(minFeedPercent, `The run stops where a feed shrinks below ${minFeedPercent ?? ''} % of what it was.`);
	for (const [key, where] of [['perApplication', 'application'] as const, ['perEntitlement', 'entitlement'] as const]) {
		const own = limits[key];
		if (own?.maxInferredRevokes !== undefined)
			lines.push([`The same for one ${where}: more than ${own.maxInferredRevokes} rights.`]);
		if (own?.maxInferredRevokesPercent !== undefined)
			lines.push([`The same for one ${where}: more than ${own.maxInferredRevokesPercent} % of them.`]);
	}
	return lines;
}

function times({ sla, batch, calendar }: PolicyDocument): Text[] {
	const lines: Text[] = Object.entries(sla ?? {}).map(([event, duration]): Text => [
		`What follows from a ${event} is verified within ${duration}.`,
	]);
	for (const [action, when] of Object.entries(batch ?? {})) {
		const text = typeof when === 'string' ? 'at once' : `between ${when.from} and ${when.to}`;
		lines.push([`Actions of class ${action} are carried out ${text}.`]);
	}
	if (calendar !== undefined) {
		const holidays = calendar.holidays === undefined ? '' : `, but for ${calendar.holidays.join(', ')}`;
		lines.push([`Working hours are ${calendar.days.join(', ')}, ${calendar.from} to ${calendar.to}${holidays}.`]);
	}
	return lines;
}

function risk({ risk: settings }: PolicyDocument): Text[] {
	if (settings === undefined) return [];
	const weights = Object.entries(settings.weights ?? {}).map(([factor, points]) => `${factor} ${points}`);
	const lines: Text[] = weights.length === 0 ? [] : [[`Points of risk: ${weights.join(', ')}.`]];
	if (settings.peers !== undefined) lines.push(['Peers are people with the same ', ...names(settings.peers.by), '.']);
	return lines;
}

/** Who may not hold what together, who approves, and what stops a run. */
export function governanceChapters(policy: PolicyDocument): Block[] {
	return [
		...chapter('Separation of duties', 'separation', list((policy.separationOfDuties ?? []).map(separationSentence))),
		...chapter('Approvals', 'approvals', list((policy.approvals ?? []).map(approvalSentence))),
		...chapter('Emergencies', 'emergencies', list(emergency(policy))),
		...chapter('People who come, move and leave', 'people', list(people(policy))),
		...chapter('Guards', 'guards', list(guards(policy))),
		...chapter('Risk', 'risk', list(risk(policy))),
		...chapter('Times', 'times', list(times(policy))),
	];
}

import { holders, outdoes, type Step } from './steps';
import type { StatedFact } from './types';

/**
 * The address over time. Events set it (a hire, a name change) or merely mention it as the key of their person. A mention
 * counts as news only if it was recorded later, and holds from later, than what set the address: an event that was written
 * before a name change and arrives after it must not bring the old address back.
 */
export function emailSteps(set: readonly Step<StatedFact>[], mentions: readonly StatedFact[]): Step<StatedFact>[] {
	if (mentions.length === 0) return [...set];
	if (set.length === 0) return holders(mentions);
	const [first] = set;
	const before = holders(mentions).filter(({ at }) => first !== undefined && at < first.at);
	const sorted = [...mentions].sort(outdoes);
	const steps: Step<StatedFact>[] = before;
	set.forEach((step, index) => {
		const end = set[index + 1]?.at;
		steps.push(step);
		const holder = step.value;
		for (const mention of sorted) {
			if (end !== undefined && mention.from >= end) break;
			if (holder !== undefined && (mention.from <= holder.from || mention.createdAt <= holder.createdAt)) continue;
			if (mention.value === steps.at(-1)?.value?.value) continue;
			steps.push({ at: mention.from > step.at ? mention.from : step.at, value: mention });
		}
	});
	return steps;
}

import type { Passage } from './passage';

/** What is ordinary life of a contract: `unless terminated earlier`, `unless either party gives notice`. */
const ORDINARY =
	/terminat|renew|extend|cancel|notice|notif|otherwise|\bagreed?\b|applicable|\bany\b|verläng|kündig|widerruf|résili|reconduit|dénonc/i;
const MAKES_DEPEND =
	/\b(?:unless|if|provided|save that|save where|save if|except that|except where|except if|so long as|as long as|on condition that|conditional (?:on|upon)|sofern|falls|vorausgesetzt|es sei denn|à condition|sauf si|pourvu que)\b/giu;
const LIMITS =
	/\bbut (?:shall |will |may |in )?(?:not|no event|never)\b|\bwhichever\b|\b(?:no|not) (?:earlier|sooner) than\b|\bnot before\b|\bor (?:such|any) (?:later|earlier|other) (?:date|day|time)|\bif (?:later|earlier|sooner)\b|\bjedoch (?:nicht|frühestens)|\bfrühestens\b|\bnicht vor\b|\bje nachdem\b|\btoutefois\b|\bau plus tôt\b/iu;
const LONGEST = 200;
/** A sentence of its own that takes back what the one before it said. */
const TAKES_BACK =
	/^(?:however|notwithstanding|nevertheless|provided|but|jedoch|allerdings|ungeachtet|toutefois|cependant)\b/iu;
const ENDS =
	/\b(?:ends?|expires?|expiry|continues?|remains? in (?:force|effect)|lapses?|endet|läuft|prend fin|expire)\b/iu;

/**
 * The words by which a day depends on something that is not told in days, undefined where it doesn't: `provided that it
 * shall not end before acceptance`. That a contract may be terminated or renewed makes no day doubtful.
 */
export function conditionOn(sentence: string, passage: Passage): string | undefined {
	const limit = LIMITS.exec(sentence)?.[0];
	if (limit !== undefined) return limit;
	const words = [...sentence.matchAll(MAKES_DEPEND)];
	for (const [index, word] of words.entries()) {
		const own = sentence.slice(word.index, Math.min(words[index + 1]?.index ?? Infinity, word.index + LONGEST));
		// `provided that, where …`: what follows the second comma belongs to the sentence again.
		const told = own.split(/[,;]/).slice(0, 2).join(',').replace(/\.$/, '');
		if (!ORDINARY.test(told)) return shortened(told);
	}
	const taken = passage.sentences.find(
		({ text }) => text !== sentence && TAKES_BACK.test(text) && ENDS.test(text) && !ORDINARY.test(text),
	);
	return taken && shortened(taken.text);
}

function shortened(text: string): string {
	return text.length <= 80 ? text.trim() : `${text.slice(0, 80).trim()} …`;
}

/** What opens words that limit an order: to whom, when, or on what terms it holds. Data only. */
export interface Introducers {
	/** Words of this language; the language with most of them in a sentence is its. */
	spoken: RegExp;
	/** What refers to a clause or another part of the agreement, and the title behind it. */
	places: RegExp;
	/** Words that say where in the text, what the agreement is called, or what the sentence does: no limits. */
	plain: RegExp;
	/** Whatever stands behind these is a limit. */
	always: RegExp;
	/** What stands behind these is a limit unless all of it says where in the text, or when. */
	open: RegExp;
	/** Opens a part of the text, whose name may be any words: `in the row for …`. */
	parts: RegExp;
	/** Ends the words behind. */
	stops: RegExp;
	/** Words behind that limit nothing. Lower case. */
	known: ReadonlySet<string>;
	/** Amounts and lengths of time, which limit nothing where the order is about them. Lower case. */
	amounts: ReadonlySet<string>;
	/** Opens a time for which something holds, unless something is extended for that time. */
	lasting: RegExp;
	/** Opens the words of a deed: `by replacing`. */
	deeds: RegExp;
	deed: RegExp;
	extended: RegExp;
}

export const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));
export const cased = (words: string): string =>
	words
		.split(' ')
		.flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
		.join('|')
		.replaceAll('.', String.raw`\.`);
export const NUMBER = String.raw`(?:[Nn]os?\.? ?|[Nn]umber ?)?(?:\(?[\dA-Z][\w.()-]*|\([a-z]{1,4}\)|[ivx]+\b|[a-z]\b)`;

export const ENGLISH: Introducers = {
	spoken: /\b(?:the|of|this|these|and|with|is|are|be|shall|by|delete|remove|replace|insert|add|to)\b/gi,
	places: new RegExp(
		String.raw`(?<![\p{L}-])(?:${cased('section clause article paragraph subsection subclause subparagraph sub-section sub-clause sub-paragraph sec. exhibit schedule annex annexure appendix attachment recital item part line page row bullet amendment addendum')})(?:s|es|S|ES)? ${NUMBER}(?:(?:,? (?:and|or|to|through|of|&)|,) (?:(?:${cased('section clause article paragraph subsection')})s? )?(?:\d[\w.()-]*|\([a-z]{1,4}\)|[A-Z]\b(?!\.)))*|§+ ?\d[\w.()-]*`,
		'gu',
	),
	plain:
		/\b(?:as (?:so )?(?:hereby |further |previously |heretofore )?(?:amended|modified|supplemented)(?: (?:from time to time|by [^,;:]{0,60}))?|by and between|entered into (?:by|on)[^,;:]{0,80}|(?:for |in )(?:good and valuable consideration|the avoidance of doubt|good and sufficient cause|convenience of reference|ease of reference)|in consideration of [^,;:]{0,200}|subject to (?:the terms(?: and conditions)? of )?this (?:\w+ )?amendment|unless (?:sooner|earlier|otherwise) terminated[^,;:]{0,60}|(?:which|that) reads|up to|as if (?:for|references?)?|the following|in each (?:instance|case|place) (?:in )?(?:which|where) (?:it|they)[^,;:]{0,30}|in accordance with (?:""|\W|the terms)[^,;:]{0,60}|pursuant to (?:the terms of )?[^,;:]{0,60}|in (?:addition|particular|its entirety|their entirety|full|whole|part|lieu|place|substitution|replacement|each (?:place|instance|case where)|every (?:place|instance)|all respects|all places|(?:its|their) (?:place|stead)|the (?:place|stead|form)|alphabetical order|numerical order|such place)|by (?:way of|means of|virtue of)|at the end|at the beginning|to read in (?:its|their) entirety|(?:on|from) (?:a|the) (?:going[- ]forward|go[- ]forward) basis|from (?:and after )?(?:the )?date hereof|as if (?:fully )?set (?:forth|out)[^,;:]{0,40}|so as to read|wherever (?:it|they|used|the same)[^,;:]{0,40}|where (?:it|they|the same|such)[^,;:]{0,40}|each time (?:it|they)[^,;:]{0,30}|with (?:the same|no further) force and effect|in the (?:appropriate|correct|proper) (?:\w+ )?(?:order|place|sequence))\b/giu,
	always:
		/^(?:unless|if|except(?:ing)?|save|excluding|provided|subject to|once|as soon as|as long as|so long as|as far as|insofar(?: as)?|in so far as|inasmuch|as regards|as between|as necessary|as required|as applied|as concerns|as relates|to the extent|conditional(?:ly)?|conditioned|contingent|limited to|restricted to|confined to|applicable (?:only )?to|apart from|aside from|other than|in the event|in the case|in case|in connection with|on behalf of|for the duration|for the benefit|for purposes|for the purposes?|vis-[àa]-vis|assuming|pending|whenever|while|should|temporarily|provisionally|exceptionally|optionally|locally|notwithstanding the (?:foregoing|above|preceding)|at the (?:option|request|discretion|election|choice)|with the exception|at its (?:option|request|discretion)|during|among|amongst|outside|throughout the (?!agreement|contract|document|text|licen|lease)|from time to time|until further notice|until such time|where the (?!words?|terms?|phrase)|when)$/iu,
	open: /^(?:for|with respect (?:solely |only )?to|with regards? to|in respect (?:only |solely )?of|in relation to|in regard to|regarding|concerning|relating to|related to|as to|within|at|after|before|following|upon|on|from|until|through|by|in|as of|as from|effective|starting|beginning|commencing|where|no later than|not later than|prior to|with the (?:prior |written |express )*(?:consent|approval|agreement) of)$/iu,
	parts:
		/^(?:the |a |an |such |said |each |any |all |this |that |those |(?:\w+-?)*(?:first|second|third|fourth|fifth|sixth|last|penultimate|final|opening|new|following|existing) )*(?:definitions?|rows?|columns?|cells?|entry|entries|table|chart|list|headings?|captions?|titles?|lines?|sentences?|paragraphs?|sections?|clauses?|subsections?|provisos?|words?|phrases?|terms? ""|references?|text|language|preamble|recitals?|amounts?|figures?|numbers?|address(?:es)?|number of|""|§|definition)(?![\p{L}-])/iu,
	stops: /^(?:""|§|☐|[,;:.()]|is|are|shall|will|be|hereby|agree|agrees|wish)$/iu,
	known: set(
		`the a an this that these those such said each every all any both its their it them they and or of to hereof thereof herein therein hereto
		thereto hereby also entire whole entirety full same existing current new following foregoing preceding above below place places stead lieu
		first second third fourth fifth sixth seventh eighth ninth tenth last final end beginning start sentence sentences paragraph paragraphs clause
		clauses section sections subsection subsections line lines page row rows column columns table heading title caption list entry word words phrase
		phrases term terms text language provision provisions definition definitions reference references agreement contract lease license licence
		document amendment addendum deed letter base original master services date day effective execution hereto parties party signature signing both and
		after before from on immediately directly thereafter onwards forward including retroactive retroactively effect with as written if now further
		addition deletion insertion substitution replacement removal omission appearing contained set forth out appropriate alphabetical order numerical
		reading read which where there another other case instance instances respectively period order force close business end midnight more one two
		percent usd eur gbp dollars euro euros pounds per last form below above`,
	),
	amounts: set(
		`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty seventy
		eighty ninety hundred thousand million hour hours days day week weeks month months year years calendar business working additional further period periods`,
	),
	deeds: /^(?:by|in|through|after|before|upon)$/i,
	deed: /^(?:\w+ing\b|(?:the |an? )?(?:\w+ )?(?:addition|deletion|insertion|substitution|replacement|removal|inclusion|omission)\b)/i,
	lasting: /^(?:for|within|after|before|during|following|upon|until|at)$/i,
	extended: /\b(?:extend|renew|prolong|continu)/i,
};

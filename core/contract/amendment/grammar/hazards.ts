/** What makes an instruction a human's business, and the reason to tell. */
export const HAZARDS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bmutatis mutandis\b/i, 'It applies "mutatis mutandis": what exactly changes has to be decided by a person.'],
	[
		/\b(?:conforming changes?|corresponding changes?|consequential changes?)\b/i,
		'It asks for conforming changes without naming them.',
	],
	[
		/\b(?:as|where|if|to the extent) (?:needed|necessary|appropriate|applicable|required)\b/i,
		'It leaves open what has to change ("as needed").',
	],
	[
		/\b(?:other than|except (?:for|that|in|to|where|when|under|with)|save (?:that|in|as)|with the exception of|excluding|save for|but not)\b/i,
		'It makes an exception that has to be read by a person.',
	],
	[
		/\b(?:provided,? (?:however,? )?that|subject to|conditional upon|conditioned upon|in the event|if and when|unless and until)\b/i,
		'It stands under a condition.',
	],
	[
		/^(?:\W|\d)*(?:if|should|in case|assuming|in the event|where(?! it\b| they\b| the (?:words?|terms?|phrase)\b)|when(?:ever)?|once|so long as|as long as|unless)\b[^"]{0,400}?,/i,
		'It stands under a condition.',
	],
	[
		/\b(?:upon|following|after|on|pending|against|in exchange for|contingent (?:up)?on) (?:(?:the|full|written|prior|its|their|successful|timely|due|any|all) ){0,3}(?:payment|receipt|completion|delivery|approval|consummation|occurrence|acceptance|satisfaction|achievement|registration|renewal|closing|consent|notice|request|notification)\b/i,
		'It stands under a condition.',
	],
	[
		/\b(?:shall|will) (?:be )?(?:\w+ ){1,3}(?:only )?(?:(?<!as )if|when|once|upon the occurrence)\b|\b(?:only|but) (?:if|when|after)\b|\bif (?:and|so) /i,
		'It stands under a condition.',
	],
	[
		/\b(?:similar|comparable|analogous) (?:changes?|provisions?|references?)\b/i,
		'It speaks of similar provisions without naming them.',
	],
];
export const SCOPES =
	/\b(?:solely|only|exclusively) (?:with respect to|as to|in respect of|in relation to|in connection with|as it relates to|as they relate to|for purposes of|for the purposes of|for|to the extent of)\s|\bapplies? (?:solely|only) to\s|\bshall apply (?:solely|only) (?:to|with respect to)\s|\bwith respect (?:solely|only) to\s|\b(?:as to|with respect to|in respect of|in relation to|with regard to|as regards|as between|for|vis-[aà]-vis) [^,.;:"]{1,80}? (?:only|alone)\b(?=[,.;:]|$| by\b| as\b)|\b(?:in ?so ?far as|to the extent(?: that)?) (?:it|they|the same) (?:relates?|appl(?:y|ies)|concerns?)\b/i;

/** Words that tie a length of time to a day. Data only. */
export interface Connector {
	words: string[];
	direction: 1 | -1;
	period: boolean;
}

function connectors(direction: 1 | -1, period: boolean, ...phrases: string[]): Connector[] {
	return phrases.map((phrase) => ({ words: phrase.split(' '), direction, period }));
}

/** The longest come first. */
export const CONNECTORS: readonly Connector[] = [
	...connectors(1, true, 'from and including', 'from and after', 'commencing on and from', 'commencing as of'),
	...connectors(1, true, 'commencing on', 'commencing from', 'commencing with', 'commencing upon', 'commencing'),
	...connectors(
		1,
		true,
		'beginning on',
		'beginning with',
		'beginning upon',
		'beginning',
		'starting on',
		'starting from',
	),
	...connectors(
		1,
		true,
		'starting with',
		'starting',
		'as of',
		'as from',
		'effective from',
		'effective as of',
		'from',
		'ab dem',
	),
	...connectors(1, true, 'ab', 'à compter de la', 'à compter du', 'à compter de', 'à partir du', 'à partir de'),
	...connectors(1, false, 'after', 'following', 'subsequent to', 'of', 'nach dem', 'nach', 'après'),
	...connectors(-1, false, 'before', 'prior to', 'preceding', 'in advance of', 'ahead of', 'vor dem', 'vor', 'avant'),
];

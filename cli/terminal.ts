import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** What a command sees of the world it runs in. Tests give their own. */
export interface Terminal {
	/** Where relative paths begin. */
	folder: string;
	/** ISO instant. */
	now: () => string;
	out: (text: string) => void;
	err: (text: string) => void;
	/** Colour helps where there is any; nothing is told by it alone. */
	style: (style: Style, text: string) => string;
}

export function processTerminal(): Terminal {
	return {
		folder: process.cwd(),
		now: () => new Date().toISOString(),
		out: (text) => void process.stdout.write(text),
		err: (text) => void process.stderr.write(text),
		// Looks at NO_COLOR, FORCE_COLOR and whether anybody looks on.
		style: (style, text) => styleText(style, text, { stream: process.stdout }),
	};
}

/** A contract to be printed in many styles. Numbers are as a reader sees them. */
export type Part =
	| { kind: 'title'; text: string }
	| { kind: 'heading'; number?: string; text: string }
	| { kind: 'clause'; number: string; text: string }
	| { kind: 'item'; label: string; text: string }
	| { kind: 'paragraph'; text: string }
	| { kind: 'definition'; term: string; text: string }
	| { kind: 'table'; head: string[]; rows: string[][] }
	| { kind: 'footnotes'; notes: string[] };

export interface Contract {
	language: 'en' | 'de' | 'fr';
	parts: Part[];
}

function markdownOf(part: Part): string {
	switch (part.kind) {
		case 'title':
			return `# ${part.text}`;
		case 'heading':
			return `## ${part.number === undefined ? '' : `${part.number} `}${part.text}`;
		case 'clause':
			return `${part.number.replace(/\.$/, '\\.')} ${part.text}`;
		case 'item':
			return `${part.label} ${part.text}`;
		case 'paragraph':
			return part.text;
		case 'definition':
			return `**${part.term}** ${part.text}`;
		case 'table':
			return [part.head, part.head.map(() => '---'), ...part.rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
		case 'footnotes':
			return part.notes.map((note, at) => `[${at + 1}] ${note}`).join('\n\n');
	}
}

/** The contract as somebody would have typed it. */
export function asMarkdown({ parts }: Contract): string {
	return `${parts.map(markdownOf).join('\n\n')}\n`;
}

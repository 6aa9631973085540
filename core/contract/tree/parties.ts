const SEARCHED = 4_000;
const LONGEST_NAME = 120;

/** Every word of a name but its particles, and the legal forms that are written small, begins with a capital; a sentence does not look like that. */
function isName(text: string): boolean {
	return (
		/^[\p{Lu}0-9"[_]/u.test(text) &&
		text
			.split(' ')
			.every((word) =>
				/^(?:of|the|and|for|de|des|du|la|le|und|von|der|&|r\.l\.?|plc|p\.l\.c|mbh|mbH|e\.v|e\.V|a\.s|s\.r\.o|s\.p\.a|d\.o\.o|[^\p{Ll}])/u.test(
					word,
				),
			)
	);
}

function cleanName(raw: string): string | undefined {
	const name = raw
		.replace(
			/^(?:the |and |by |among |der |dem |die |das |und |la |le |les |et |d'une part,? |\(?[0-9ivx]{1,3}[.)] )+/i,
			'',
		)
		.replace(/[\s,;:]+$/, '')
		.trim();
	return name !== '' && name.length <= LONGEST_NAME && isName(name) ? name : undefined;
}

/** Legal forms that follow a comma and belong to the name. */
const LEGAL_FORM =
	/^,? ?(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Co|LP|L\.P|LLP|GmbH|AG|SE|KG|SAS|SARL|S\.A|B\.V|plc|PLC|N\.A)\b\.?/;

/** Reads one name at the start of `text`: up to a comma, a bracket or ` and `, legal forms included. */
function readName(text: string): { name?: string; length: number } {
	let at = 0;
	for (; at < text.length && at <= LONGEST_NAME; at++) {
		const rest = text.slice(at, at + 24);
		if (rest.startsWith(',')) {
			const form = LEGAL_FORM.exec(rest);
			if (!form) break;
			at += form[0].length - 1;
			continue;
		}
		if (rest.startsWith('(') || /^ (?:and|und|et) /.test(rest) || rest.startsWith(';')) break;
		if (/^\.(?: |$)/.test(rest) && !/(?:Inc|Ltd|Corp|Co|\.[A-Za-z]|\b[A-Z])$/.test(text.slice(Math.max(0, at - 5), at)))
			break;
	}
	const name = cleanName(text.slice(0, at));
	return name === undefined ? { length: at } : { name, length: at };
}

/** Offset behind the next ` and ` outside brackets that a capital follows. */
function nextParty(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const character = text.charAt(at);
		if (character === '(') depth++;
		else if (character === ')') depth = Math.max(0, depth - 1);
		else if (depth === 0 && /[\s,;)]/.test(text.charAt(at - 1))) {
			const and = /^(?:and|und|et) /.exec(text.slice(at, at + 4))?.[0];
			if (
				and !== undefined &&
				/^(?:(?:the|der|dem|die|das|la|le|les) )?[\p{Lu}"[_]/u.test(text.slice(at + and.length, at + and.length + 8))
			)
				return at + and.length;
		}
	}
	return -1;
}

/** Names in `between A (…) and B (…)` of a preamble; empty where there is no such phrase. */
export function readParties(text: string): string[] {
	const head = text.slice(0, SEARCHED);
	const between = /\b(?:by and between|by and among|between|among|zwischen|entre)[\s:]+/i.exec(head);
	if (!between) return [];
	const parties: string[] = [];
	let at = between.index + between[0].length;
	while (at >= 0 && at < head.length && parties.length < 8) {
		const { name, length } = readName(head.slice(at));
		if (name === undefined) break;
		if (!parties.includes(name)) parties.push(name);
		at = parties.length < 2 ? nextParty(head, at + length) : -1;
	}
	return parties.length >= 2 ? parties : [];
}

const OPENS =
	/^(?:(?:this|the) [^.]{0,200}(?:agreement|contract|amendment|addendum|order|statement of work)\b|(?:dieser?|dieses|der|die|zwischen)\b[^.]{0,200}(?:vertrag|vereinbarung|nachtrag|zwischen)|(?:le|la|ce|cet|cette|entre)\b[^.]{0,200}(?:contrat|accord|convention|avenant|entre)\b)/i;

/** Whether a paragraph near the top opens the agreement and names its parties. */
export function isPreamble(text: string): boolean {
	const head = text.slice(0, 400);
	return OPENS.test(head) && readParties(text).length > 0;
}

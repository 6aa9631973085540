/** The first words of a text, for clauses without a heading. */
export function opening(text: string, longest = 60): string {
	const line = text
		.trimStart()
		.slice(0, longest * 3)
		.replace(/\s+/g, ' ')
		.trim();
	if (line.length <= longest) return line;
	const cut = line.slice(0, longest);
	const blank = cut.lastIndexOf(' ');
	return `${blank > longest / 2 ? cut.slice(0, blank) : cut} …`;
}

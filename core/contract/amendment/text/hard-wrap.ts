/** Whether lines were broken by hand at a width, so that a single line break is no paragraph. */
export function isHardWrapped(text: string): boolean {
	let long = 0;
	let lines = 0;
	let longest = 0;
	let start = 0;
	while (start < text.length) {
		const feed = text.indexOf('\n', start);
		const end = feed < 0 ? text.length : feed;
		const length = text.slice(start, end).trim().length;
		if (length > 0) lines++;
		if (length >= 50) long++;
		longest = Math.max(longest, length);
		start = end + 1;
	}
	return longest <= 130 && lines >= 8 && long > lines * 0.4;
}

/** Header names that differ in case or blanks only are one column. */
export function columnId(name: string): string {
	return name
		.toLowerCase()
		.replace(/[\s:*]+/g, ' ')
		.trim();
}

/** Keys that differ in case, blanks or a closing full stop are one; `1.1` and `11` stay two. */
export function rowId(key: string): string {
	return key
		.toLowerCase()
		.split(/\s+/)
		.map((word) => word.replace(/[.,;]+$/, ''))
		.filter((word) => word !== '')
		.join(' ');
}

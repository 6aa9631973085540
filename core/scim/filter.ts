import { DomainError } from '../model';

/** RFC 7644 §3.4.2.2 ATTRNAME and sub-attribute, with an optional schema URN in front. */
const ATTRIBUTE_PATH = /^[A-Za-z][A-Za-z0-9_.:$-]{0,255}$/;

/**
 * `attribute eq "value"`. RFC 7644 §3.4.2.2 has comparison values in JSON form, so quotes, backslashes and control
 * characters can't end the string. The result isn't URL-encoded: whoever builds the URL does that, once.
 */
export function equalsFilter(attribute: string, value: string | boolean): string {
	if (!ATTRIBUTE_PATH.test(attribute)) {
		throw new DomainError(
			'INPUT_INVALID',
			'A filter names an attribute that has no SCIM form.',
			'Use an attribute path.',
		);
	}
	return `${attribute} eq ${JSON.stringify(value)}`;
}

/** Both must hold. Each side is compared on its own, so no precedence is left to the server's reading. */
export function andFilter(left: string, right: string): string {
	return `${left} and ${right}`;
}

/** The path of one element of a multi-valued attribute by its value, e.g. `members[value eq "2819c223"]`. */
export function elementPath(attribute: string, value: string): string {
	return `${attribute}[${equalsFilter('value', value)}]`;
}

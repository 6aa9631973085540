import type { AttributeValue, ContractHeader } from '../../model';
import { readAttribute } from '../attribute-value';
import type { CompiledPolicy } from '../compile';

/** What is known of a contract besides its text, after aliases; its own fields come before further attributes. */
export function headerAttributes(compiled: CompiledPolicy, header: ContractHeader): Map<string, AttributeValue> {
	const { id, title, kind, status } = header;
	const attributes = new Map<string, AttributeValue>();
	for (const [name, raw] of [
		...Object.entries(header.attributes ?? {}),
		...Object.entries({ id, title, kind, status }),
	]) {
		if (raw === undefined || raw === '') continue;
		const read = readAttribute(compiled, name, raw);
		if ('value' in read) attributes.set(name, read.value);
	}
	return attributes;
}

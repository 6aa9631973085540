import type { FieldType } from '../../model';
import type { RecordNode } from './record-tree';
import type { RecordValue } from './value';

/** What is absent says nothing of the type. */
const FIELD_TYPES: Partial<Record<RecordValue['type'], FieldType>> = {
	date: 'date',
	instant: 'date',
	number: 'number',
	money: 'money',
	percent: 'percent',
	duration: 'duration',
	boolean: 'boolean',
	text: 'text',
};

export function fieldType(values: Array<RecordValue | undefined>): FieldType {
	const types = new Set(values.flatMap((value) => (value ? (FIELD_TYPES[value.type] ?? []) : [])));
	const [only] = types;
	return only !== undefined && types.size === 1 ? only : 'text';
}

export function valueOf(node: RecordNode | undefined): RecordValue | undefined {
	return node?.kind === 'scalar' ? node.value : undefined;
}

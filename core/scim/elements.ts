import { asBoolean, asObject, attribute, foldCase } from './resource';

/** RFC 7643 §2.4: `primary` is true at most once; a desired primary takes it from the others. */
export function onePrimary(elements: readonly unknown[], primary: number | undefined): unknown[] {
	return elements.map((element, index) => {
		const object = asObject(element);
		const loses = primary !== undefined && index !== primary && object !== undefined && isPrimary(element);
		return loses ? { ...object, primary: false } : element;
	});
}

export function valueOf(element: unknown): unknown {
	const object = asObject(element);
	return object === undefined ? element : attribute(object, 'value');
}

export function typeOf(element: unknown): string | undefined {
	const object = asObject(element);
	const type = object && attribute(object, 'type');
	return typeof type === 'string' ? foldCase(type) : undefined;
}

export function isPrimary(element: unknown): boolean {
	const object = asObject(element);
	return object !== undefined && asBoolean(attribute(object, 'primary')) === true;
}

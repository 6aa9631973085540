import type { ActionContent } from '../../model';

function member(image: unknown, name: string): unknown {
	if (typeof image !== 'object' || image === null) return undefined;
	const key = Object.keys(image).find((each) => each.toLowerCase() === name.toLowerCase());
	return key === undefined ? undefined : (image as Record<string, unknown>)[key];
}

/** Whether an image of an account shows it as active; undefined where it doesn't say. */
export function activeIn(image: unknown): boolean | undefined {
	const active = member(image, 'active');
	if (typeof active === 'boolean') return active;
	return typeof active === 'string' ? active.toLowerCase() === 'true' : undefined;
}

/** Whether an image of a membership shows it; undefined where the application doesn't. */
export function memberIn(image: unknown): boolean | undefined {
	const shown = member(image, 'member');
	return typeof shown === 'boolean' ? shown : undefined;
}

/** Whether an image of a role of an account shows it; undefined where the application doesn't. */
export function heldIn(image: unknown): boolean | undefined {
	const shown = member(image, 'held');
	return typeof shown === 'boolean' ? shown : undefined;
}

/** Version of a resource, for a conditional request. */
export function versionOf(image: unknown): string | undefined {
	const version = member(member(image, 'meta'), 'version');
	return typeof version === 'string' && version !== '' ? version : undefined;
}

/** The attributes that an action set, as they were before; undefined where there is no image. */
export function attributesBefore({ attributes }: ActionContent, image: unknown): Record<string, unknown> | undefined {
	if (typeof image !== 'object' || image === null) return undefined;
	const before = Object.keys(attributes ?? {}).map((name) => [name, member(image, name)] as const);
	return Object.fromEntries(before.filter(([name, value]) => value !== undefined && name !== '__proto__'));
}

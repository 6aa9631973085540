import type { ScimAnswer } from './exchange';
import { asObject, attribute, textAttribute, type ScimResource } from './resource';

/** Versions as the ETag header gave them: the header is what If-Match is compared with, `meta.version` may lag behind. */
const headers = new WeakMap<ScimResource, string>();
/** RFC 9110 §8.8.3: quoted, perhaps weak. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]{0,512}"$/;

/** Notes the version that an answer carried for a resource. */
export function noteVersion(resource: ScimResource, answer: ScimAnswer): ScimResource {
	const tag = answer.headers['etag'];
	if (tag !== undefined && ENTITY_TAG.test(tag)) headers.set(resource, tag);
	return resource;
}

/** What If-Match may carry for a resource (RFC 7644 §3.14); `undefined` where its version isn't known. */
export function versionOf(resource: ScimResource): string | undefined {
	const noted = headers.get(resource);
	if (noted !== undefined) return noted;
	const meta = asObject(attribute(resource, 'meta'));
	const version = meta && textAttribute(meta, 'version');
	return version !== undefined && ENTITY_TAG.test(version) ? version : undefined;
}

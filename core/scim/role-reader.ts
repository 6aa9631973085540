import type { ScimClient } from './client';
import type { ScimObject } from './resource';
import { elementsOf, roleAttributeOf, roleElements, roleName, roleValue, type RoleAttribute } from './role-attribute';

/** Reads roles off accounts as an application shows them. */
export class RoleReader {
	private constructor(
		readonly client: ScimClient,
		public attribute: RoleAttribute,
	) {}

	/** `undefined` where the application has no roles that can be given, or never shows them. */
	static of(client: ScimClient): RoleReader | undefined {
		try {
			const attribute = roleAttributeOf(client);
			return attribute.hidden ? undefined : new RoleReader(client, attribute);
		} catch {
			return undefined;
		}
	}

	get path(): string {
		return this.attribute.path;
	}

	/** Whether an account that shows no roles has none. */
	get isProof(): boolean {
		return this.attribute.proven;
	}

	/** Whether an account shows a role, by its value or its name. */
	has(account: ScimObject, role: string): boolean {
		return elementsOf(roleElements(account, this.path), role, this.attribute.caseExact).length > 0;
	}

	/** Value and name of each role that an account shows. One that shows any is evidence that roles are shown. */
	shown(account: ScimObject): string[][] {
		const elements = roleElements(account, this.path);
		if (elements.length > 0 && !this.isProof) {
			this.client.learn({ roleAttribute: this.path }, 'accounts show it');
			this.attribute = { ...this.attribute, proven: true };
		}
		return elements.map((element) => [roleValue(element), roleName(element)].filter((text) => text !== undefined));
	}
}

import { endOfDay } from './day-end';
import type { Finding } from './finding';
import { parsePolicy, lintPolicy } from './parse';
import { compileRoles } from './roles';
import type { PolicyDocument } from './schema';

/** An application that cannot be enforced yet, with what stands against it. */
export interface NotReady {
	application: string;
	/** Findings that concern it and that nobody accepts. */
	findings: Finding[];
}

/**
 * Applications whose enforcement would start with a version of a policy and must not: from `record` or `approve` to `enforce`,
 * or newly written as `enforce`, while findings concern them. What counts are errors, and warnings that no acceptance of the
 * application covers; notes never do.
 *
 * @param before text of the version in force, where there is one
 * @param asOf ISO instant: acceptances end
 */
export function notReady(before: string | undefined, after: string, asOf: string): NotReady[] {
	const { policy } = parsePolicy(after);
	const old = before === undefined ? undefined : parsePolicy(before).policy;
	const starting = Object.keys(policy.applications).filter((name) => starts(old, policy, name));
	if (starting.length === 0) return [];
	const findings = lintPolicy(after, { asOf }).filter(({ severity }) => severity !== 'info');
	const reach = new Reach(policy);
	return starting.sort().flatMap((application) => {
		const open = findings.filter(
			(finding) => reach.concerns(finding, application) && !isAccepted(policy, application, finding, asOf),
		);
		return open.length === 0 ? [] : [{ application, findings: open }];
	});
}

function starts(before: PolicyDocument | undefined, after: PolicyDocument, name: string): boolean {
	const stage = after.applications[name]?.enforcement;
	if (stage === 'record' || stage === 'approve') return false;
	const old = before !== undefined && Object.hasOwn(before.applications, name) ? before.applications[name] : undefined;
	// An application that never was on the ladder is not put on it by having findings.
	if (old === undefined) return stage === 'enforce';
	return old.enforcement === 'record' || old.enforcement === 'approve';
}

function isAccepted({ zone, applications }: PolicyDocument, name: string, finding: Finding, asOf: string): boolean {
	return (applications[name]?.accept ?? []).some(
		({ finding: code, about, until }) =>
			code === finding.code &&
			endOfDay(until, zone) > asOf &&
			(about === undefined || finding.path.includes(about) || finding.message.includes(`"${about}"`)),
	);
}

/** Which parts of a document are about which application. */
class Reach {
	readonly #roles: Map<string, Set<string>>;

	constructor(readonly policy: PolicyDocument) {
		const roles = compileRoles(policy);
		this.#roles = new Map([...roles].map(([name, role]) => [name, this.#applicationsOf(role.entitlements)]));
	}

	/** Parts that are about no application in particular (guards, attributes, approvals …) concern every one. */
	concerns({ path }: Finding, application: string): boolean {
		const [part = '', key = ''] = segments(path);
		switch (part) {
			case 'applications':
				return key === application;
			case 'entitlements':
				return this.#applicationsOf([key]).has(application);
			case 'roles':
				return this.#roles.get(key)?.has(application) ?? true;
			case 'rules':
				return this.#granted(this.policy.rules?.[Number(key)]?.grant ?? [], application);
			case 'contracts':
				return this.#granted(this.policy.contracts?.[Number(key)]?.grant ?? [], application);
			case 'separationOfDuties': {
				const rule = this.policy.separationOfDuties?.[Number(key)];
				return this.#granted([...(rule?.any ?? []), ...(rule?.all ?? []), ...(rule?.with ?? [])], application);
			}
			default:
				return true;
		}
	}

	#granted(names: readonly string[], application: string): boolean {
		return names.some((name) => (this.#roles.get(name) ?? this.#applicationsOf([name])).has(application));
	}

	#applicationsOf(names: readonly string[]): Set<string> {
		const { entitlements } = this.policy;
		return new Set(
			names.map((name) => {
				const declared = Object.hasOwn(entitlements, name) ? entitlements[name]?.app : undefined;
				// A name made by a template or a pattern says its application before the slash.
				return declared ?? name.split('/', 1)[0] ?? name;
			}),
		);
	}
}

/** The first two segments of `contracts[0].grant`, `roles.employee`, `entitlements["jira/project:*"].group`. */
function segments(path: string): string[] {
	const found: string[] = [];
	let rest = path;
	while (rest !== '' && found.length < 2) {
		if (rest.startsWith('["')) {
			const end = closingQuote(rest);
			found.push(JSON.parse(rest.slice(1, end + 1)) as string);
			rest = rest.slice(end + 2);
		} else if (rest.startsWith('[')) {
			const end = rest.indexOf(']');
			found.push(rest.slice(1, end));
			rest = rest.slice(end + 1);
		} else {
			const plain = rest.startsWith('.') ? rest.slice(1) : rest;
			const end = plain.search(/[.[]/);
			found.push(end < 0 ? plain : plain.slice(0, end));
			rest = end < 0 ? '' : plain.slice(end);
		}
	}
	return found;
}

/** Where the JSON text that begins at 1 ends. */
function closingQuote(text: string): number {
	for (let at = 2; at < text.length; at++) {
		if (text[at] === '\\') at += 1;
		else if (text[at] === '"') return at;
	}
	return text.length - 1;
}

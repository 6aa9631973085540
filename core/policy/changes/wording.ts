import type { ChangeKind, Step } from './path';

/** What an entry of a section is called. */
const NOUNS: Readonly<Record<string, string>> = {
	groups: 'group',
	attributes: 'attribute',
	applications: 'application',
	entitlements: 'entitlement',
	roles: 'role',
	rules: 'rule',
	terms: 'term',
	contracts: 'contract rule',
	separationOfDuties: 'separation',
	approvals: 'approval',
	overlap: 'overlap',
};

const LONGEST = 120;

const OPERATORS: Readonly<Record<string, string>> = {
	eq: 'is',
	in: 'is',
	not: 'is not',
	gte: 'is at least',
	lte: 'is at most',
	prefix: 'begins with',
	exists: 'is known:',
};

function shown(value: unknown): string {
	if (typeof value === 'string') return `"${value}"`;
	if (Array.isArray(value)) return value.map(shown).join(', ');
	const text = JSON.stringify(value);
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function condition(key: Step, operators: unknown): string {
	if (typeof operators !== 'object' || operators === null) return `${key} ${shown(operators)}`;
	const parts = Object.entries(operators).map(
		([name, value]) =>
			`${OPERATORS[name] ?? name} ${Array.isArray(value) ? value.map(shown).join(' or ') : shown(value)}`,
	);
	return `${key} ${parts.join(' and ')}`;
}

/** What a path is about within its entry: `grant`, `"level is at least"`. */
function part(steps: readonly Step[]): string {
	const at = steps.findIndex((step) => step === 'when' || step === 'by');
	const [attribute, operator] = at === -1 ? [] : steps.slice(at + 1);
	if (attribute === undefined)
		return steps.map((step) => (typeof step === 'number' ? `no. ${step + 1}` : step)).join(' › ');
	return operator === undefined
		? `the condition on "${attribute}"`
		: `"${attribute} ${OPERATORS[operator] ?? operator}"`;
}

function entry([section, name]: readonly Step[]): { whose: string; rest: number } {
	const noun = typeof section === 'string' ? NOUNS[section] : undefined;
	return noun === undefined || name === undefined ? { whose: '', rest: 0 } : { whose: `${noun} "${name}"`, rest: 2 };
}

/** One change as a sentence without its full stop. */
export function say(steps: readonly Step[], kind: ChangeKind, from: unknown, to: unknown): string {
	const { whose, rest } = entry(steps);
	const inner = steps.slice(rest);
	const value = kind === 'removed' ? from : to;
	if (whose !== '' && inner.length === 0) {
		return kind === 'changed' ? `${whose}: ${shown(from)} becomes ${shown(to)}` : `${whose} is ${kind}`;
	}
	const subject = whose === '' ? '' : `${whose}: `;
	const last = inner.at(-1);
	const isWhen = inner.length >= 2 && ['when', 'by'].includes(String(inner.at(-2)));
	if (kind === 'changed') return `${subject}${part(inner)} changes from ${shown(from)} to ${shown(to)}`;
	if (isWhen && last !== undefined) return `${subject}the condition "${condition(last, value)}" is ${kind}`;
	const preposition = kind === 'added' ? 'to' : 'from';
	return `${subject}${shown(value)} is ${kind} ${preposition} ${part(inner)}`;
}

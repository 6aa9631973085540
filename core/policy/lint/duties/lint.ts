import type { Severity } from '../../finding';
import type { Separation } from '../../schema';
import type { LintReport } from '../report';
import type { RuleFacts, RuleSpace } from '../rules-together';
import { MeetingSearch } from './search';
import type { Meeting, Sides } from './search';
import { distinctNames, NameSpace, sidesOf } from './sides';

/** Findings for one separation rule; a policy with more has a design to mend, not a list to read. */
const MOST_REPORTED = 20;

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(' and ');

function severityOf({ action }: Separation): Severity {
	return action === 'record' ? 'info' : 'warning';
}

/** Roles that hold a whole conflict, and rules that can hold for one person and together complete one. */
export function lintSeparation(report: LintReport, space: RuleSpace): void {
	const separations = report.policy.separationOfDuties ?? [];
	if (separations.length === 0) return;
	const roleNames = [...report.roles.values()].flatMap(({ entitlements }) => entitlements);
	const names = new NameSpace([...space.rules.flatMap(({ gives }) => gives), ...roleNames]);
	const sides = separations.map((each) =>
		sidesOf(each).map((patterns) => new Set(patterns.flatMap((pattern) => names.matching(pattern)))),
	);
	const inRoles = lintRoles(report, separations, sides);
	const search = new MeetingSearch(space);
	separations.forEach((separation, index) => {
		const { found, more } = search.find(sides[index] ?? [], MOST_REPORTED);
		for (const meeting of found) reportMeeting(report, space, separation, meeting, inRoles);
		if (!more) return;
		const whole = found.length >= MOST_REPORTED;
		const message = whole
			? `more than ${found.length} sets of rules can break separation "${separation.id}" for one person`
			: `separation "${separation.id}" could not be checked to the end: too many sets of rules give its sides`;
		const remedy = whole ? 'the first ones are listed at their rules' : 'split it into pairs';
		report.add(severityOf(separation), 'SOD_REACHABLE', ['separationOfDuties', index], message, remedy);
	});
}

function reportMeeting(
	report: LintReport,
	space: RuleSpace,
	separation: Separation,
	{ rules, names, witness }: Meeting,
	inRoles: ReadonlySet<string>,
): void {
	const facts = rules.flatMap((rule) => space.rules[rule] ?? []);
	const last = facts.at(-1);
	if (last === undefined || isToldAtRole(separation, facts, inRoles)) return;
	const ids = facts.map(({ id }) => id);
	const [which, verb] = ids.length === 1 ? ['rule', 'gives'] : ['rules', 'give'];
	const message = `separation "${separation.id}" can be broken: ${which} ${quoted(ids)} ${verb} ${quoted(names)} to one person, e.g. ${witness}`;
	const remedy =
		separation.action === 'block'
			? 'narrow one of them: the later right would be withheld'
			: 'narrow one of them, or leave it to the control named';
	report.add(severityOf(separation), 'SOD_REACHABLE', [last.section, last.index], message, remedy);
}

/** A role that breaks a separation by itself is told once, not again for every rule that gives it. */
function isToldAtRole(separation: Separation, facts: readonly RuleFacts[], inRoles: ReadonlySet<string>): boolean {
	return (
		facts.length === 1 &&
		[...(facts[0]?.through.values() ?? [])].some((role) => inRoles.has(`${separation.id}\n${role}`))
	);
}

function lintRoles(report: LintReport, separations: readonly Separation[], sides: readonly Sides[]): Set<string> {
	const told = new Set<string>();
	const placesOf = new Map<string, Array<[separation: number, side: number]>>();
	sides.forEach((each, separation) =>
		each.forEach((names, side) => {
			for (const name of names) {
				const places = placesOf.get(name);
				if (places === undefined) placesOf.set(name, [[separation, side]]);
				else places.push([separation, side]);
			}
		}),
	);
	for (const [role, { entitlements }] of report.roles) {
		const options = new Map<number, string[][]>();
		for (const name of entitlements) {
			for (const [separation, side] of placesOf.get(name) ?? []) {
				const lists = options.get(separation) ?? (sides[separation] ?? []).map((): string[] => []);
				options.set(separation, lists);
				lists[side]?.push(name);
			}
		}
		for (const [index, lists] of options) {
			const names = distinctNames(lists);
			const separation = separations[index];
			if (names === undefined || separation === undefined) continue;
			told.add(`${separation.id}\n${role}`);
			const message = `role "${role}" breaks separation "${separation.id}" by itself: it holds ${quoted(names)}`;
			report.add(severityOf(separation), 'SOD_IN_ROLE', ['roles', role], message, 'split the role', 'key');
		}
	}
	return told;
}

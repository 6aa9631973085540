import { ENTITLEMENT_ATTRIBUTES } from '../approval';
import { BUILT_IN_ATTRIBUTES } from '../built-in-attributes';
import type { ConditionSubject } from '../condition';
import type { PathSegment } from '../finding';
import { suggestName } from '../suggest-name';
import { overlapsOf } from '../schema';
import type { When } from '../schema';
import { parseTemplate } from '../template';
import type { LintReport } from './report';

type TermType = NonNullable<LintReport['policy']['terms']>[string]['type'];
type Subject = ConditionSubject;

/** What a condition may ask of these; of a person, a contract and a row it may ask whatever is known. */
const KNOWN_OF: Partial<Record<Subject, readonly string[]>> = {
	entitlement: ENTITLEMENT_ATTRIBUTES,
	action: ['operation'],
	risk: ['score'],
	grant: ['privileged', 'separation', 'widening', 'off_peer_group', 'new_identity', 'off_hours', 'backdated'],
};

function checkIds(report: LintReport): void {
	for (const section of ['rules', 'contracts', 'separationOfDuties', 'approvals'] as const) {
		const seen = new Set<string>();
		(report.policy[section] ?? []).forEach(({ id }, index) => {
			if (seen.has(id))
				report.error('DUPLICATE_ID', [section, index, 'id'], `"${id}" is used twice in ${section}`, 'rename one');
			seen.add(id);
		});
	}
}

function knownAttributes(report: LintReport): string[] {
	return [...Object.keys(report.policy.attributes ?? {}), ...BUILT_IN_ATTRIBUTES];
}

function checkWhen(
	report: LintReport,
	when: When | undefined,
	path: PathSegment[],
	allowed: readonly Subject[],
	known: readonly string[] = knownAttributes(report),
): void {
	for (const [key, value] of Object.entries(when ?? {})) {
		const here = [...path, key];
		const dot = key.indexOf('.');
		const subject = dot === -1 ? 'person' : (key.slice(0, dot) as Subject);
		const name = key.slice(dot + 1);
		if (!allowed.includes(subject)) {
			report.error(
				'CONDITION_OUT_OF_PLACE',
				here,
				`"${key}" is not known here`,
				`use conditions on ${allowed.join(', ')}`,
				'key',
			);
		} else if (subject === 'person' && !known.includes(name)) {
			const remedy = suggestName(name, known, 'attribute');
			report.warn('UNKNOWN_ATTRIBUTE', here, `"${name}" is no declared attribute`, remedy, 'key');
		} else if (KNOWN_OF[subject]?.includes(name) === false) {
			const remedy = suggestName(name, KNOWN_OF[subject], 'attribute').replace(' or declare it', '');
			report.error('UNKNOWN_ATTRIBUTE', here, `nothing is known of ${subject} as "${name}"`, remedy, 'key');
		}
		if (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0) {
			report.error('EMPTY_CONDITION', here, 'asks for nothing', 'add eq, in, not, gte, lte, prefix or exists');
		}
	}
}

function checkTerm(report: LintReport, reference: string, types: readonly TermType[], path: PathSegment[]): void {
	const terms = report.policy.terms ?? {};
	const name = reference.slice('terms.'.length);
	const term = Object.hasOwn(terms, name) ? terms[name] : undefined;
	if (term === undefined) {
		report.error('UNKNOWN_TERM', path, `"${name}" is no declared term`, suggestName(name, Object.keys(terms), 'term'));
	} else if (!types.includes(term.type)) {
		const wanted = types.join(' or ');
		report.error(
			'TERM_TYPE',
			path,
			`term "${name}" is a ${term.type}, not a ${wanted}`,
			`name a term of type ${wanted}`,
		);
	}
}

function checkTerms(report: LintReport): void {
	for (const [name, term] of Object.entries(report.policy.terms ?? {})) {
		const path = ['terms', name];
		if (term.clause === undefined && term.definition === undefined && term.schedule === undefined) {
			report.error(
				'TERM_WITHOUT_PLACE',
				path,
				`term "${name}" does not say where to look`,
				'add "clause", "definition" or "schedule"',
				'key',
			);
		}
		if (term.type === 'table' && term.key === undefined) {
			report.warn('TABLE_WITHOUT_KEY', path, `table "${name}" has no key column`, 'add "key"', 'key');
		}
	}
}

function checkContracts(report: LintReport): void {
	const rules = report.policy.contracts ?? [];
	rules.forEach((rule, index) => {
		const path = ['contracts', index];
		checkWhen(report, rule.when, [...path, 'when'], ['contract', 'row', 'person']);
		checkTerm(report, rule.subjects, ['table', 'people', 'list'], [...path, 'subjects']);
		if (rule.until !== undefined) checkTerm(report, rule.until, ['date'], [...path, 'until']);
		else report.warn('OPEN_ENDED', path, `rule "${rule.id}" gives access without an end`, 'add "until"');
		if (rule.seats !== undefined) checkTerm(report, rule.seats.limit, ['number'], [...path, 'seats', 'limit']);
	});
	checkSeats(report);
}

/** Rules with one limit share its seats, so they must agree on who is served; a rule without the limit bypasses it. */
function checkSeats(report: LintReport): void {
	const rules = report.policy.contracts ?? [];
	const orders = new Map<string, string>();
	const counting = new Map<string, (typeof rules)[number]>();
	for (const rule of rules) {
		if (rule.seats !== undefined && !counting.has(rule.subjects)) counting.set(rule.subjects, rule);
	}
	rules.forEach(({ id, seats, subjects }, index) => {
		if (seats === undefined) {
			const counted = counting.get(subjects);
			if (counted === undefined) return;
			const message = `rule "${id}" does not count the seats that "${counted.id}" counts for the same people`;
			report.warn('SEATS_BYPASSED', ['contracts', index], message, `add "seats" with the same limit`);
			return;
		}
		if (seats.order === undefined) return;
		const order = seats.order.join(', ');
		const agreed = orders.get(seats.limit) ?? order;
		orders.set(seats.limit, agreed);
		if (agreed === order) return;
		const path = ['contracts', index, 'seats', 'order'];
		report.error(
			'SEAT_ORDER',
			path,
			`another rule shares these seats in the order ${agreed}`,
			'give both the same order',
		);
	});
}

function checkMapping(report: LintReport, value: unknown, path: PathSegment[], known: readonly string[]): void {
	if (typeof value === 'object' && value !== null) {
		for (const [name, member] of Object.entries(value)) {
			checkMapping(report, member, [...path, Array.isArray(value) ? Number(name) : name], known);
		}
	}
	if (typeof value !== 'string') return;
	const template = parseTemplate(value);
	if (template.problem !== undefined) {
		report.error('TEMPLATE_INVALID', path, `"${value}" ${template.problem}`, 'write placeholders as {attribute}');
		return;
	}
	for (const name of template.placeholders) {
		if (name !== 'manager.account' && !known.includes(name)) {
			report.error(
				'UNKNOWN_PLACEHOLDER',
				path,
				`"{${name}}" is no known attribute`,
				suggestName(name, known, 'attribute'),
			);
		}
	}
}

/** Attributes that overlap windows and peer groups go by. */
function checkAttributeNames(report: LintReport, known: readonly string[]): void {
	const { overlap, risk } = report.policy;
	const check = (name: string, path: PathSegment[]) => {
		if (known.includes(name)) return;
		const remedy = suggestName(name, known, 'attribute');
		report.warn('UNKNOWN_ATTRIBUTE', path, `"${name}" is no declared attribute`, remedy);
	};
	overlapsOf(report.policy).forEach(({ on }, index) => {
		const path = Array.isArray(overlap) ? ['overlap', index, 'on'] : ['overlap', 'on'];
		if (typeof on === 'string') check(on, path);
		else on.forEach((name, at) => check(name, [...path, at]));
	});
	(risk?.peers?.by ?? []).forEach((name, at) => check(name, ['risk', 'peers', 'by', at]));
}

/** Ids, conditions, terms and attribute mappings. */
export function lintRules(report: LintReport): void {
	checkIds(report);
	checkTerms(report);
	checkContracts(report);
	const { applications, rules, entitlements } = report.policy;
	const known = knownAttributes(report);
	(rules ?? []).forEach((rule, index) => {
		checkWhen(report, rule.when, ['rules', index, 'when'], ['person'], known);
		if (rule.if === undefined && Object.keys(rule.when ?? {}).length === 0) {
			report.warn(
				'FOR_EVERYBODY',
				['rules', index],
				`rule "${rule.id}" holds for everybody`,
				'add "when" if that is not meant',
			);
		}
	});
	for (const [name, { requestable }] of Object.entries(entitlements)) {
		checkWhen(report, requestable?.by, ['entitlements', name, 'requestable', 'by'], ['person']);
	}
	(report.policy.approvals ?? []).forEach(({ when }, index) => {
		checkWhen(report, when, ['approvals', index, 'when'], ['entitlement', 'person', 'action', 'risk', 'grant'], known);
	});
	checkWhen(report, report.policy.breakGlass?.by, ['breakGlass', 'by'], ['person'], known);
	checkAttributeNames(report, known);
	for (const [name, application] of Object.entries(applications)) {
		checkMapping(report, application.attributes, ['applications', name, 'attributes'], known);
	}
}

import type { AttributeValue, ContractHeader, Source, Term } from '../../model';
import { firstUnmet } from '../condition';
import type { Condition, Lookup } from '../condition';
import type { CompiledContractRule, CompiledPolicy, GrantItem } from '../compile';
import { endOfDay, isCalendarDate } from '../day-end';
import { fillGrant } from './grant-template';
import { headerAttributes } from './header';
import type { People } from './people';
import type { EvaluationResult } from './result';
import { seatPools, seatsOf } from './seats';
import { readIdentities } from './subjects';
import type { Subject, Subjects } from './subjects';

export interface ContractInput {
	header: ContractHeader;
	/** As extracted from the version in force; a term that is missing here counts as unreadable. */
	terms: Readonly<Record<string, Term>>;
}

/** A rule that this contract is subject to, with everything read that it needs. */
interface LiveRule {
	rule: CompiledContractRule;
	subjects: Subjects;
	/** ISO instant. */
	until?: string;
}

/** Applies the contract rules of a policy to one contract. `read` meets the people, `apply` grants. */
export class ContractEvaluation {
	readonly #attributes: ReadonlyMap<string, AttributeValue>;
	readonly #tables = new Map<string, Subjects>();
	readonly #live: LiveRule[] = [];

	constructor(
		readonly compiled: CompiledPolicy,
		readonly contract: ContractInput,
		readonly people: People,
		readonly result: EvaluationResult,
		/** Contracts that ended by this instant give nothing. */
		readonly now: string,
	) {
		this.#attributes = headerAttributes(compiled, contract.header);
	}

	get #id(): string {
		return this.contract.header.id;
	}

	/** Finds the rules in force and the people they name. All contracts are read before any is applied. */
	read(): void {
		for (const rule of this.compiled.contractRules) {
			if (rule.status === 'proposed') continue;
			const unmet = rule.contract.filter((each) => each.test(this.#attributes.get(each.name)) !== 'holds');
			if (unmet.some((each) => each.test(this.#attributes.get(each.name)) === 'fails')) continue;
			const [unknown] = unmet;
			if (unknown === undefined) this.#readRule(rule);
			else this.#undecided(rule, `The contract does not say what its ${unknown.name} is.`, `Send "${unknown.name}".`);
		}
	}

	#readRule(rule: CompiledContractRule): void {
		const until = this.#end(rule);
		if (until === 'unreadable') return;
		if (until !== undefined && until <= this.now) return;
		const subjects = this.#subjects(rule.subjects);
		if (subjects.problem !== undefined) {
			this.#undecided(rule, subjects.problem.reason, subjects.problem.remedy);
			return;
		}
		const absent = rule.subject.find((each) => isColumn(each) && !subjects.columns.has(each.name));
		if (absent !== undefined) {
			const reason = `The table "${rule.subjects}" has no column for ${absent.key}.`;
			this.#undecided(rule, reason, 'Name the column as the policy does, or change the policy.');
			return;
		}
		this.#holdBackUnreadable(rule, subjects);
		this.#live.push({ rule, subjects, ...(until !== undefined && { until }) });
	}

	#subjects(termName: string): Subjects {
		const known = this.#tables.get(termName);
		if (known !== undefined) return known;
		const term = ownTerm(this.contract.terms, termName);
		const { compiled, people } = this;
		const subjects = readIdentities({ compiled, contract: this.contract.header, termName, term, known: people.known });
		this.#tables.set(termName, subjects);
		for (const subject of subjects.people) people.meet(subject);
		for (const blocked of subjects.blocked) this.result.block(blocked);
		return subjects;
	}

	/** The rule's end, undefined where it has none, or `unreadable` (which is reported here). */
	#end(rule: CompiledContractRule): string | undefined {
		if (rule.until === undefined) return undefined;
		const term = ownTerm(this.contract.terms, rule.until);
		if (term?.value?.type === 'date' && isCalendarDate(term.value.value)) {
			return endOfDay(term.value.value, this.compiled.zone);
		}
		const why = term?.problem ?? 'no date was found';
		this.#undecided(
			rule,
			`The end date (term "${rule.until}") could not be read: ${why}`,
			'Mend the date in the contract.',
		);
		return 'unreadable';
	}

	#holdBackUnreadable(rule: CompiledContractRule, subjects: Subjects): void {
		const common = { contractId: this.#id, ruleId: rule.id };
		for (const identityId of subjects.unreadableIds) {
			this.result.holdBack({ ...common, identityId, reason: 'The row of this person could not be read.' });
		}
		if (subjects.unattributedRows === 0) return;
		const exceptIdentityIds = subjects.people.map(({ identityId }) => identityId).sort();
		const reason = `${subjects.unattributedRows} row(s) could not be read and may name anybody who seems to be missing.`;
		this.result.holdBack({ ...common, exceptIdentityIds, reason });
	}

	#undecided(rule: CompiledContractRule, reason: string, remedy: string): void {
		const subject = `contract ${this.#id}`;
		this.result.block({ subject, rule: `${this.#id}/${rule.id}`, reason, remedy });
		this.result.holdBack({ contractId: this.#id, ruleId: rule.id, reason });
	}

	apply(): void {
		const eligible = new Map(
			this.#live.map((live) => [live, live.subjects.people.filter((each) => this.#meets(live, each))]),
		);
		const unseated = this.#unseated(eligible);
		for (const [live, people] of eligible) {
			const without = unseated.get(live.rule);
			if (without === 'all') continue;
			for (const subject of people) {
				if (!without?.has(subject.identityId)) this.#grant(live, subject);
			}
		}
	}

	#meets({ rule, subjects }: LiveRule, subject: Subject): boolean {
		const lookup: Lookup = (kind, name) => {
			if (kind === 'row') return subject.row.get(name);
			return kind === 'contract' ? this.#attributes.get(name) : this.people.attribute(subject.identityId, name);
		};
		if (firstUnmet(rule.subject, lookup) !== undefined) return false;
		const verdict = rule.expression?.evaluate(lookup);
		if (verdict?.outcome === 'missing')
			this.#unanswered(rule, subjects, subject, verdict.reason ?? 'it cannot be answered');
		return verdict === undefined || verdict.outcome === 'holds';
	}

	/** An `if` that cannot be answered gives nothing; where the contract is silent, it takes nothing away either. */
	#unanswered(rule: CompiledContractRule, subjects: Subjects, subject: Subject, why: string): void {
		const { identityId, rowKey } = subject;
		const reason = `The "if" of rule ${rule.id} cannot be answered for row "${rowKey}": ${why}.`;
		const remedy = 'Supply what it asks about, or ask with has() first.';
		this.result.block({ identityId, subject: rowKey, rule: `${this.#id}/${rule.id}`, reason, remedy });
		const silent = (rule.expression?.references ?? []).some(({ subject: kind, name }) =>
			kind === 'row' ? !subjects.columns.has(name) : kind === 'contract' && !this.#attributes.has(name),
		);
		if (silent) this.result.holdBack({ contractId: this.#id, ruleId: rule.id, identityId, reason });
	}

	/** Who has no seat, by rule; nobody where the number of seats cannot be read. */
	#unseated(eligible: ReadonlyMap<LiveRule, Subject[]>): Map<CompiledContractRule, ReadonlySet<string> | 'all'> {
		const unseated = new Map<CompiledContractRule, ReadonlySet<string> | 'all'>();
		for (const { limit, rules, queue } of seatPools([...eligible].map(([{ rule }, people]) => ({ rule, people })))) {
			const term = ownTerm(this.contract.terms, limit);
			const seats = seatsOf(term);
			if (seats === undefined) {
				const why = term?.problem ?? 'no whole number was found';
				const reason = `The number of seats (term "${limit}") could not be read: ${why}`;
				for (const rule of rules) this.#undecided(rule, reason, 'Mend the number in the contract.');
			} else {
				queue.slice(seats).forEach(({ subject, rule }, index) => {
					this.#blockSeat(subject, rule, `has ${seats} seats (term "${limit}")`, seats + index + 1);
				});
			}
			const beyond = seats === undefined ? 'all' : new Set(queue.slice(seats).map(({ subject }) => subject.identityId));
			for (const rule of rules) unseated.set(rule, beyond);
		}
		return unseated;
	}

	#blockSeat(subject: Subject, rule: CompiledContractRule, seats: string, number: number): void {
		this.result.block({
			identityId: subject.identityId,
			subject: subject.rowKey,
			rule: `${this.#id}/${rule.id}`,
			reason: `Contract ${this.#id} ${seats}; row "${subject.rowKey}" is number ${number}.`,
			remedy: 'Add seats to the contract, or remove a row.',
		});
	}

	#grant(live: LiveRule, subject: Subject): void {
		if (live.rule.status === 'deprecated') {
			const reason = `Rule ${live.rule.id} is deprecated: it gives nothing new and takes nothing away.`;
			const { identityId } = subject;
			this.result.holdBack({ contractId: this.#id, ruleId: live.rule.id, identityId, reason });
			return;
		}
		for (const item of live.rule.grant) {
			if (item.kind === 'role') {
				this.result.holdRole(subject.identityId, item.role.name, item.role.exclude);
				for (const name of item.role.entitlements) this.#earn(live, subject, name, item);
			} else {
				const name = item.kind === 'entitlement' ? item.name : this.#fill(live, subject, item);
				if (name !== undefined) this.#earn(live, subject, name, item);
			}
		}
	}

	#fill({ rule }: LiveRule, subject: Subject, item: GrantItem & { kind: 'template' }): string | undefined {
		const filled = fillGrant(this.compiled, item, (placeholder) => this.#placeholder(subject, placeholder));
		if ('name' in filled) return filled.name;
		const { identityId, rowKey } = subject;
		const { reason } = filled;
		const remedy = 'Supply the value in the contract.';
		const blocked = { identityId, subject: rowKey, entitlement: item.pattern, rule: `${this.#id}/${rule.id}` };
		this.result.block({ ...blocked, reason, remedy });
		this.result.holdBack({ contractId: this.#id, ruleId: rule.id, identityId, entitlement: item.pattern, reason });
		return undefined;
	}

	#placeholder(subject: Subject, placeholder: string): AttributeValue | undefined {
		if (placeholder.startsWith('row.')) return subject.row.get(placeholder.slice('row.'.length));
		if (placeholder.startsWith('contract.')) return this.#attributes.get(placeholder.slice('contract.'.length));
		return undefined;
	}

	#earn(live: LiveRule, subject: Subject, entitlement: string, item: GrantItem): void {
		const table = subject.quote;
		const where = table === undefined ? `term "${live.rule.subjects}"` : table.clause;
		const what = item.kind === 'role' ? `role ${item.role.name}` : entitlement;
		const source: Source = {
			kind: 'contract',
			ref: `${this.#id}/${live.rule.id}`,
			reason: `Row "${subject.rowKey}" of ${where} of contract ${this.#id} (rule ${live.rule.id}) earns ${what}`,
		};
		if (item.kind === 'role') source.role = item.role.name;
		if (table !== undefined) source.quote = table;
		if (live.until !== undefined) source.validUntil = live.until;
		this.result.earn(subject.identityId, subject.rowKey, entitlement, source);
	}
}

function isColumn(condition: Condition): boolean {
	return condition.subject === 'row' && !condition.absenceDecides;
}

function ownTerm(terms: Readonly<Record<string, Term>>, name: string): Term | undefined {
	return Object.hasOwn(terms, name) ? terms[name] : undefined;
}

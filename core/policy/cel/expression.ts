import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';

import type { AttributeValue } from '../../model';
import type { AttributeType } from '../compile';
import { asNumber } from '../condition';
import type { Condition, Lookup, Outcome } from '../condition';
import { createEnvironment } from './environment';
import type { CelScope } from './environment';
import { necessaryConditions } from './necessary';
import { restrict } from './restrict';
import type { CelProblem, CelReference } from './restrict';

export interface Verdict {
	outcome: Outcome;
	/** Why it could not be decided, where it could not. */
	reason?: string;
}

/** A CEL condition, parsed and type-checked. */
export interface Expression {
	/** As written. */
	source: string;
	references: readonly CelReference[];
	/** Conditions on the person without which it cannot hold. */
	necessary: readonly Condition[];
	/** What it asks could not be answered (an attribute is not known, a division by zero): `missing`, never `holds`. */
	evaluate(lookup: Lookup): Verdict;
}

const MAX_REASON = 200;

interface CelFailure {
	code?: string;
	summary?: string;
	message?: string;
	range?: { start: number };
}

function problemOf(error: unknown, code: CelProblem['code']): CelProblem {
	const { summary, message, range } = (typeof error === 'object' && error !== null ? error : {}) as CelFailure;
	const what = (summary ?? message ?? 'cannot be read').split('\n')[0] ?? '';
	const remedy =
		code === 'CEL_SYNTAX'
			? 'write it as a CEL condition, e.g. person.country == "DE" && person.level >= 2'
			: 'compare values of one type; see the types under "attributes"';
	return { severity: 'error', code, message: what.slice(0, MAX_REASON), remedy, start: range?.start ?? 0 };
}

/** A value as the declared type wants it; what does not fit is left as it is and fails when it is read. */
function fitted(value: AttributeValue, type: AttributeType | undefined): AttributeValue {
	if (typeof value === 'object') return value;
	if (type === 'number') return asNumber(value) ?? value;
	return type === 'text' ? String(value) : value;
}

function reasonOf({ code, summary, message }: CelFailure): string {
	const what = (summary ?? message ?? 'it could not be evaluated').split('\n')[0] ?? '';
	return code === 'no_such_key' ? what.replace(/^No such key: (.*)$/u, '"$1" is not known') : what;
}

class CompiledExpression implements Expression {
	constructor(
		readonly source: string,
		readonly references: readonly CelReference[],
		readonly necessary: readonly Condition[],
		readonly run: ParseResult,
		readonly scope: CelScope,
	) {}

	evaluate(lookup: Lookup): Verdict {
		try {
			return { outcome: this.run(this.#context(lookup)) === true ? 'holds' : 'fails' };
		} catch (error) {
			return { outcome: 'missing', reason: reasonOf(error as CelFailure).slice(0, MAX_REASON) };
		}
	}

	#context(lookup: Lookup): Record<string, unknown> {
		const person: Record<string, unknown> = {};
		const contract = new Map<string, unknown>();
		const row = new Map<string, unknown>();
		for (const { subject, name } of this.references) {
			const value = lookup(subject, name);
			if (value === undefined) continue;
			if (subject === 'person') person[name] = fitted(value, this.scope.attributes.get(name));
			else (subject === 'contract' ? contract : row).set(name, value);
		}
		return this.scope.contract ? { person, contract, row } : { person };
	}
}

export interface CompiledCel {
	/** Absent where one of the problems is an error. */
	expression?: Expression;
	problems: readonly CelProblem[];
}

/** Parses the expressions of one policy; the environment is made once, on first use. */
export class CelCompiler {
	#environment: Environment | undefined;
	readonly #known = new Map<string, CompiledCel>();

	constructor(readonly scope: CelScope) {}

	/** The expression, unless something is wrong with it. */
	compile(source: string): CompiledCel {
		const known = this.#known.get(source) ?? this.#compile(source);
		this.#known.set(source, known);
		return known;
	}

	#compile(source: string): CompiledCel {
		this.#environment ??= createEnvironment(this.scope);
		let run: ParseResult;
		try {
			run = this.#environment.parse(source);
		} catch (error) {
			return { problems: [problemOf(error, 'CEL_SYNTAX')] };
		}
		const root: ASTNode = run.ast;
		const { problems, references } = restrict(root, this.scope);
		if (problems.some(({ severity }) => severity === 'error')) return { problems };
		const { valid, type, error } = run.check();
		if (!valid) return { problems: [...problems, problemOf(error, 'CEL_TYPE')] };
		if (type !== 'bool' && type !== 'dyn') {
			const message = `gives ${type ?? 'no value'}, not true or false`;
			const remedy = 'compare it with a value';
			return { problems: [...problems, { severity: 'error', code: 'CEL_TYPE', message, remedy, start: 0 }] };
		}
		const expression = new CompiledExpression(source, references, necessaryConditions(root), run, this.scope);
		return { expression, problems };
	}
}

import type { ASTNode } from '@marcbachmann/cel-js';

import { compileCondition } from '../condition';
import type { Condition } from '../condition';
import type { PolicyScalar } from '../schema';

function literal(node: ASTNode): PolicyScalar | undefined {
	if (node.op === '-_') {
		const inner = literal(node.args);
		return typeof inner === 'number' ? -inner : undefined;
	}
	if (node.op !== 'value') return undefined;
	const value = node.args;
	if (typeof value === 'bigint') return Number(value);
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function attribute(node: ASTNode): string | undefined {
	if (node.op !== '.') return undefined;
	const [target, name] = node.args;
	return target.op === 'id' && target.args === 'person' ? name : undefined;
}

/** A conjunct as a condition that is implied by it: what it cannot say, it leaves out. */
function implied(node: ASTNode): Condition | undefined {
	if (node.op === '.') {
		const name = attribute(node);
		return name === undefined ? undefined : compileCondition(name, true);
	}
	if (node.op === 'in') {
		const name = attribute(node.args[0]);
		const [, list] = node.args;
		if (name === undefined || list.op !== 'list') return undefined;
		const values = list.args.map(literal);
		return values.some((value) => value === undefined)
			? undefined
			: compileCondition(name, { in: values as PolicyScalar[] });
	}
	if (node.op !== '==' && node.op !== '>=' && node.op !== '<=' && node.op !== '>' && node.op !== '<') return undefined;
	const name = attribute(node.args[0]);
	const value = literal(node.args[1]);
	if (name === undefined || value === undefined) return undefined;
	if (node.op === '==') return compileCondition(name, value);
	// Texts order by code unit in CEL; only numbers order alike in both.
	if (typeof value !== 'number') return undefined;
	return compileCondition(name, node.op === '>=' || node.op === '>' ? { gte: value } : { lte: value });
}

/**
 * Conditions without which an expression cannot hold, from the parts that "&&" joins: by them an index can leave an
 * expression unevaluated. They never replace it.
 */
export function necessaryConditions(root: ASTNode): Condition[] {
	const conditions: Condition[] = [];
	const open: ASTNode[] = [root];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		if (node.op === '&&') open.push(node.args[1], node.args[0]);
		else {
			const condition = implied(node);
			if (condition !== undefined) conditions.push(condition);
		}
	}
	return conditions;
}

import type { ASTNode } from '@marcbachmann/cel-js';

import { nearestName } from '../../spelling';
import { suggestName } from '../suggest-name';
import type { CelScope } from './environment';

/** Something wrong with an expression; `start` counts UTF-16 code units from its beginning. */
export interface CelProblem {
	/** A warning leaves the expression as good as it is. */
	severity: 'error' | 'warning';
	code: 'CEL_SYNTAX' | 'CEL_TYPE' | 'CEL_NOT_ALLOWED' | 'UNKNOWN_ATTRIBUTE';
	message: string;
	remedy: string;
	start: number;
}

/** What an expression reads. */
export interface CelReference {
	subject: 'person' | 'contract' | 'row';
	name: string;
}

/** Calls that cost no more than their input, keep no clock and have no patterns in them. */
const CALLS = new Set(['size', 'string', 'int', 'double', 'bool', 'has']);
const METHODS = new Set([
	'size',
	'startsWith',
	'endsWith',
	'contains',
	'lowerAscii',
	'upperAscii',
	'trim',
	'indexOf',
	'lastIndexOf',
	'substring',
]);
/** Macros that run an expression for each element. They may stand in each other once: cost stays quadratic at worst. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'filter']);
const MAX_LOOPS = 2;
const SUBJECTS = new Set(['person', 'contract', 'row']);

interface Visit {
	node: ASTNode;
	/** Macros around it. */
	loops: number;
	/** Inside the list that a macro runs over. */
	receiver: boolean;
}

class Restriction {
	readonly problems: CelProblem[] = [];
	readonly references = new Map<string, CelReference>();
	readonly #open: Visit[] = [];

	constructor(readonly scope: CelScope) {}

	walk(root: ASTNode): void {
		this.#open.push({ node: root, loops: 0, receiver: false });
		for (let visit = this.#open.pop(); visit !== undefined; visit = this.#open.pop()) this.#visit(visit);
	}

	#visit({ node, loops, receiver }: Visit): void {
		const inside = (...nodes: readonly ASTNode[]) => {
			for (const each of nodes) this.#open.push({ node: each, loops, receiver });
		};
		switch (node.op) {
			case 'value':
			case 'id':
				return;
			case '.':
				this.#access(node, node.args[0], node.args[1]);
				inside(node.args[0]);
				return;
			case '[]':
				this.#index(node, node.args[0], node.args[1]);
				inside(...node.args);
				return;
			case 'call':
				if (!CALLS.has(node.args[0])) this.#refuse(node, `"${node.args[0]}" can't be called here`);
				inside(...node.args[1]);
				return;
			case 'rcall':
				this.#method(node, { loops, receiver });
				return;
			case '+':
				if (receiver) this.#refuse(node, '"+" builds a list to run over');
				inside(...node.args);
				return;
			case 'map':
			case '.?':
			case '[?]':
				this.#refuse(node, 'maps and optional access are not for conditions');
				return;
			case '!_':
			case '-_':
				inside(node.args);
				return;
			default:
				inside(...node.args);
		}
	}

	#method(node: ASTNode & { op: 'rcall' }, { loops, receiver }: Omit<Visit, 'node'>): void {
		const [name, target, args] = node.args;
		const macro = MACROS.has(name);
		if (!macro && !METHODS.has(name)) this.#refuse(node, `".${name}()" can't be called here`);
		if (macro && loops >= MAX_LOOPS) this.#refuse(node, `more than ${MAX_LOOPS} loops stand in each other`);
		const variable = macro ? args[0] : undefined;
		if (variable?.op === 'id' && SUBJECTS.has(variable.args)) {
			this.#refuse(variable, `"${variable.args}" has a meaning already`);
		}
		this.#open.push({ node: target, loops, receiver: receiver || macro });
		for (const arg of args) this.#open.push({ node: arg, loops: loops + (macro ? 1 : 0), receiver });
	}

	#access(node: ASTNode, target: ASTNode, name: string): void {
		if (target.op !== 'id' || !SUBJECTS.has(target.args)) return;
		const subject = target.args as CelReference['subject'];
		if (subject === 'person' && !this.scope.attributes.has(name)) {
			const remedy = suggestName(name, this.scope.attributes.keys(), 'attribute');
			const message = `"person.${name}" is no declared attribute`;
			// A slip of the pen never holds; a name like no other may be one that feeds know.
			const slip = nearestName(name, this.scope.attributes.keys()) !== undefined;
			const severity = slip || !this.scope.undeclared.has(name) ? 'error' : 'warning';
			this.problems.push({ severity, code: 'UNKNOWN_ATTRIBUTE', message, remedy, start: node.start });
		}
		this.references.set(`${subject}.${name}`, { subject, name });
	}

	#index(node: ASTNode, target: ASTNode, key: ASTNode): void {
		if (target.op !== 'id' || !SUBJECTS.has(target.args)) return;
		if (key.op === 'value' && typeof key.args === 'string') this.#access(node, target, key.args);
		else this.#refuse(node, `"${target.args}[…]" needs a name in quotes`);
	}

	#refuse(node: ASTNode, message: string): void {
		const remedy = `use comparisons, "in", has(), ${[...METHODS].slice(1, 4).join('(), ')}(), exists() and all()`;
		this.problems.push({ severity: 'error', code: 'CEL_NOT_ALLOWED', message, remedy, start: node.start });
	}
}

/** Walks an expression: what it reads, and what it may not do. Every node is visited once, without recursion. */
export function restrict(root: ASTNode, scope: CelScope): { problems: CelProblem[]; references: CelReference[] } {
	const restriction = new Restriction(scope);
	restriction.walk(root);
	const references = [...restriction.references.values()];
	return { problems: restriction.problems.sort((a, b) => a.start - b.start), references };
}

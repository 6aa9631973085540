import { Environment } from '@marcbachmann/cel-js';

import type { AttributeType } from '../compile';

/** Structure of one expression. A condition is a sentence, not a program. */
const LIMITS = { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 4 };

const CEL_TYPES: Readonly<Record<AttributeType, string>> = {
	text: 'string',
	number: 'double',
	// ISO dates compare as texts, and a text knows no zone.
	date: 'string',
	boolean: 'bool',
	list: 'list<string>',
};

/** What an expression may speak of: declared attributes, and in contract rules the contract and the row. */
export interface CelScope {
	attributes: ReadonlyMap<string, AttributeType>;
	/** Names that expressions use and nothing declares: their type is known with the value only. */
	undeclared: ReadonlySet<string>;
	contract: boolean;
}

/** Numbers of people are doubles, numbers in expressions are mostly written as integers: let them meet. */
function letNumbersMeet(environment: Environment): void {
	environment
		.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
		.registerOperator('double in list<int>', (a: number, list: bigint[]) => list.some((each) => Number(each) === a))
		.registerOperator('double + int', (a: number, b: bigint) => a + Number(b))
		.registerOperator('double - int', (a: number, b: bigint) => a - Number(b))
		.registerOperator('double * int', (a: number, b: bigint) => a * Number(b))
		.registerOperator('double / int', (a: number, b: bigint) => a / Number(b))
		.registerOperator('int + double', (a: bigint, b: number) => Number(a) + b)
		.registerOperator('int - double', (a: bigint, b: number) => Number(a) - b)
		.registerOperator('int * double', (a: bigint, b: number) => Number(a) * b);
}

/** An environment without clock, regular expressions or growth: see `restrict.ts` for what is refused. */
export function createEnvironment(scope: CelScope): Environment {
	const environment = new Environment({ limits: LIMITS });
	letNumbersMeet(environment);
	const schema: Record<string, string> = {};
	for (const name of scope.undeclared) schema[name] = 'dyn';
	for (const [name, type] of scope.attributes) schema[name] = CEL_TYPES[type];
	environment.registerVariable({ name: 'person', schema });
	if (scope.contract) {
		// What a contract and its tables say is known with the contract only.
		environment.registerVariable('contract', 'map<string, dyn>');
		environment.registerVariable('row', 'map<string, dyn>');
	}
	return environment;
}

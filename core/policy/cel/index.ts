export { celCompilers } from './compilers';
export type { CelScope } from './environment';
export { CelCompiler } from './expression';
export type { CompiledCel, Expression, Verdict } from './expression';
export { celFindings } from './findings';
export type { CelProblem, CelReference } from './restrict';

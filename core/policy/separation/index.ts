export { applySeparation } from './apply';
export type { Separated } from './apply';
export { separationRulesOf } from './rules';
export type { Exemption, SeparationRule } from './rules';
export type { Conflict } from './sweep';

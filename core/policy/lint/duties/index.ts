export { lintSeparation } from './lint';
export { sidesOf } from './sides';

export { renderPolicy } from './render';
export type { PolicyVersion } from './render';

export { consolidate, type Consolidated, type ConsolidateInput } from './consolidate';

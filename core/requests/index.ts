export { breakGlassAllowed, type BreakGlassAllowance } from './break-glass';
export { endOfAccess } from './ends';
export { exceptionAllowed, extensionAllowed, requestAllowed, type Allowance, type Asked } from './requests';

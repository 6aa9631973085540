export { startFaultProxy, type Answer, type Fault, type FaultProxy, type Passing, type SeenRequest } from './proxy';
export { playVendor, type VendorPlay } from './vendor';

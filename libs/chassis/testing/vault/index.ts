export { openFakeStore } from './fake.store.ts';
export { type Call, type Fault, type FaultProxy, openFaultProxy } from './fault.proxy.ts';
export * as faults from './faults.ts';
export { openRealStore } from './real.store.ts';
export type { OpenStore, StoreTimes, TestedStore } from './tested.store.ts';
export { openTokenReviewer, projectedToken, type TokenReviewer } from './token.reviewer.ts';

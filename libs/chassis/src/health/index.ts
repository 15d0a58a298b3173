export { Lifecycle, type LifecycleState } from './lifecycle.ts';
export { ManagementServer } from './management.server.ts';

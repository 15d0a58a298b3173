export { StateMachine, type Transitions } from './state.machine.ts';

export { type ChassisConfiguration, chassisVariables } from './chassis.variables.ts';
export { ConfigurationError } from './configuration.error.ts';
export { configurationModule } from './configuration.module.ts';
export type { Environment } from './production.rules.ts';
export { defineConfiguration, processEnvironment, readConfiguration } from './read.configuration.ts';
export * from './variable.ts';

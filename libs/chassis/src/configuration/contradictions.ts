import type { ChassisConfiguration } from './chassis.variables.ts';

/** What no variable shows alone; each line names a variable and the cure. */
export function contradictions(configuration: Partial<ChassisConfiguration>): string[] {
  return [...shutdownProblems(configuration), ...vaultProblems(configuration)];
}

function shutdownProblems({ SHUTDOWN_DELAY_MS: delay = 0, SHUTDOWN_TIMEOUT_MS: timeout = Infinity }) {
  return delay < timeout
    ? []
    : ['SHUTDOWN_DELAY_MS: leaves no time to finish; expected less than SHUTDOWN_TIMEOUT_MS'];
}

/** Nobody sets them for nothing: without an address, credentials would come from files unnoticed. */
const needingAddress = [
  'VAULT_CA_FILE',
  'VAULT_NAMESPACE',
  'VAULT_AUTH_MOUNT',
  'VAULT_AUTH_ROLE',
  'VAULT_DATABASE_PATH',
  'VAULT_MIGRATOR_PATH',
  'VAULT_CALLERS_PATH',
] as const;

const loopback = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/;

function vaultProblems(configuration: Partial<ChassisConfiguration>): string[] {
  const { VAULT_ADDRESS: address, VAULT_CA_FILE: ca } = configuration;
  if (address === undefined) {
    return needingAddress
      .filter((name) => configuration[name] !== undefined)
      .map((name) => `${name}: is set without VAULT_ADDRESS; credentials would come from files`);
  }
  const problems: string[] = [];
  if (configuration.VAULT_AUTH_METHOD === 'kubernetes' && configuration.VAULT_AUTH_ROLE === undefined) {
    problems.push('VAULT_AUTH_ROLE: is missing; VAULT_AUTH_METHOD=kubernetes needs it');
  }
  if (configuration.NODE_ENV === 'production' && address.startsWith('http:') && !loopback.test(address)) {
    problems.push('VAULT_ADDRESS: is not encrypted; production takes http only on the loopback interface');
  }
  if (configuration.NODE_ENV === 'production' && address.startsWith('https:') && ca === undefined) {
    problems.push('VAULT_CA_FILE: is missing; production believes Vault under a CA of its own only');
  }
  return problems;
}

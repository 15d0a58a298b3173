import type { ChassisConfiguration } from './chassis.variables.ts';
import type { Environment } from './production.rules.ts';
import { vaultVariables } from './vault.variables.ts';

/**
 * What no variable shows alone; each line names a variable and the cure.
 *
 * @param configuration what was understood: nothing while a variable isn't valid
 */
export function contradictions(
  configuration: Partial<ChassisConfiguration>,
  environment: Environment,
): string[] {
  return [
    ...shutdownProblems(configuration),
    ...(environment['VAULT_ADDRESS'] === undefined
      ? strayProblems(environment)
      : vaultProblems(configuration)),
  ];
}

function shutdownProblems({ SHUTDOWN_DELAY_MS: delay = 0, SHUTDOWN_TIMEOUT_MS: timeout = Infinity }) {
  return delay < timeout
    ? []
    : ['SHUTDOWN_DELAY_MS: leaves no time to finish; expected less than SHUTDOWN_TIMEOUT_MS'];
}

const loopback = /^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/;

/** Whoever sets one of them means Vault: files would be used instead, and nobody would notice. */
function strayProblems(environment: Environment): string[] {
  return Object.keys(vaultVariables)
    .filter((name) => environment[name] !== undefined)
    .map((name) => `${name}: means nothing without VAULT_ADDRESS; set that too, or unset it to use files`);
}

function vaultProblems(configuration: Partial<ChassisConfiguration>): string[] {
  const { VAULT_ADDRESS: address, VAULT_CA_FILE: ca } = configuration;
  if (address === undefined) {
    return [];
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

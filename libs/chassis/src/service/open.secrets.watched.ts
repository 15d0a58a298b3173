import type { ChassisConfiguration } from '../configuration/index.ts';
import type { Lifecycle } from '../health/index.ts';
import { openSecrets, type OpenOptions, type Secrets } from '../secrets/index.ts';

/**
 * Opens the secrets so that the probes can tell why there are none yet, and later what is wrong with them.
 *
 * @throws as `openSecrets`
 */
export async function openSecretsWatched(
  configuration: ChassisConfiguration,
  options: OpenOptions,
  lifecycle: Lifecycle,
): Promise<Secrets> {
  let waitingFor: string | undefined;
  lifecycle.explain(() => waitingFor);
  const secrets = await openSecrets(configuration, {
    ...options,
    onWaiting: (reason) => {
      waitingFor = reason;
    },
  });
  waitingFor = undefined;
  for (const source of secrets.sources) {
    lifecycle.explain(() => source.problem && `${source.name}: ${source.state}: ${source.problem}`);
  }
  return secrets;
}

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FIRST_CALLER, newSecret, readMountedSecret, writeMountedSecret } from '../credentials/index.ts';
import { StackError } from '../stack.error.ts';
import { vaultPaths, writeSecret } from '../vault/index.ts';
import { until } from './bounded.wait.ts';
import type { RequestTraffic } from './request.traffic.ts';
import type { RotationDisplay } from './rotation.display.ts';
import type { RotationTarget } from './rotation.target.ts';

/** A try with a key that isn't known counts as a refusal, of which an address has only so many. */
const POLL_MS = 500;
/** Of the callers, to be seen in the figures. */
const OVERLAP_MS = 1500;

const PREVIOUS = `${FIRST_CALLER}.previous`;

/**
 * Changes the API key of the first caller: both keys are good until the callers use the new one, then only that is.
 *
 * @returns seconds until the new key was good
 * @throws StackError when the service doesn't follow in time
 */
export async function rotateKey(
  target: RotationTarget,
  traffic: RequestTraffic,
  display: RotationDisplay,
  patienceMs: number,
): Promise<number> {
  const directory = join(target.facts.secretsDirectory, 'api-keys');
  const { [FIRST_CALLER]: old = '', [PREVIOUS]: _, ...others } = (await readMountedSecret(directory)) ?? {};
  const key = newSecret();
  const answers = (probed: string, status: number) =>
    until(patienceMs, POLL_MS, async () => ((await traffic.probe(probed)) === status ? true : undefined));
  const since = performance.now();
  await writeKeys(target, directory, { ...others, [FIRST_CALLER]: key, [PREVIOUS]: old });
  display.note(`wrote a new key of ${FIRST_CALLER}, and the old one as ${PREVIOUS}`);
  if (!(await answers(key, 200)))
    throw new StackError(`The new key isn't known after ${patienceMs / 1000} s; the old one is still good.`);
  const seconds = (performance.now() - since) / 1000;
  display.note(`the new key is good after ${seconds.toFixed(2)} s: the callers use it from now on`);
  traffic.apiKey = key;
  await delay(OVERLAP_MS);
  await writeKeys(target, directory, { ...others, [FIRST_CALLER]: key });
  display.note(`took ${PREVIOUS} away`);
  if (!(await answers(old, 401)))
    throw new StackError(`The old key is still good after ${patienceMs / 1000} s.`);
  display.note('the old key is refused');
  return seconds;
}

/** To Vault when the keys are there, and always to the files, where the user reads them. */
async function writeKeys(
  { vault, names }: RotationTarget,
  directory: string,
  keys: Readonly<Record<string, string>>,
): Promise<void> {
  if (vault) await writeSecret(vault, vaultPaths(names).apiKeysPath, keys);
  await writeMountedSecret(directory, keys);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';
import { apply, kubectl } from './kubectl.command.ts';
import { readLiveImages, withLiveImages } from './live.images.ts';

/** The namespace of the overlay under test. */
export const namespace = 'demo-team';

const run = promisify(execFile);
const isGuard = ({ kind }: Manifest): boolean => kind === 'Namespace';

/** Deploys the overlay `kind` as an operator would: what is the administrator's, the namespace, its credentials, all else. */
export async function deploy(): Promise<readonly Manifest[]> {
  const objects = withLiveImages(await render('k8s/overlays/kind'), readLiveImages(process.env));
  await apply(await render('k8s/cluster/kind'));
  await apply(objects.filter(isGuard));
  await run('npm', ['run', '--silent', 'secrets', '--', '--namespace', namespace], { cwd: root });
  // Once per release; a Job's template can't change.
  await kubectl(['delete', 'job', '-n', namespace, '--all', '--ignore-not-found']);
  await apply(objects.filter((object) => !isGuard(object)));
  return objects;
}

/** Nothing of the deployment stays but what is the administrator's. */
export const remove = (): Promise<string> =>
  kubectl(['delete', 'namespace', namespace, '--ignore-not-found']);

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { kustomizeMissing } from '../../kubernetes/kustomization.ts';
import { repositoryFiles, root } from '../../repository.files.ts';
import type { ScanInput } from '../scanners/scanner.ts';
import { deployableUnits, trustedRegistries } from './deployable.units.ts';
import { writeManifests } from './manifest.file.ts';

/** What a run looks at. */
export interface ScanInputs {
  readonly inputs: readonly ScanInput[];
  readonly registries: readonly string[];
  /** What isn't there, and therefore isn't judged. */
  readonly absent: readonly string[];
}

const dockerfile = 'docker/Dockerfile';

// Files by which a scanner would be told to be silent; they are findings of their own.
const configuration = /(?:^|\/)\.gitleaks(?:ignore|\.toml)$/;

/**
 * Copies everything that is judged into a folder.
 *
 * @param image an archive of the image, as `docker save` writes it
 */
export async function collectInputs(folder: string, image: string | undefined): Promise<ScanInputs> {
  const absent: string[] = [];
  const units = kustomizeMissing === undefined ? await deployableUnits() : [];
  if (kustomizeMissing !== undefined) absent.push(`manifests: ${kustomizeMissing}`);
  const inputs = units.map(({ name, manifests }) =>
    writeManifests(name, join(folder, `${name.replaceAll('/', '-')}.yaml`), manifests),
  );
  if (existsSync(join(root, dockerfile))) inputs.push(copyDockerfile(folder));
  else absent.push(`${dockerfile}: not there`);
  inputs.push(copySources(join(folder, 'sources')));
  if (image === undefined) absent.push('image: no archive given (--image)');
  else inputs.push(named('image', 'docker/image', resolve(image)));
  return { inputs, registries: trustedRegistries(units), absent };
}

/** An input whose lines all belong to itself. */
export const named = (kind: ScanInput['kind'], name: string, path: string): ScanInput => ({
  kind,
  name,
  path,
  resourceAt: () => name,
});

function copyDockerfile(folder: string): ScanInput {
  const path = join(folder, 'Dockerfile');
  copyFileSync(join(root, dockerfile), path);
  return named('dockerfile', dockerfile, path);
}

function copySources(folder: string): ScanInput {
  for (const path of repositoryFiles().filter((file) => !configuration.test(file))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, path));
  }
  return named('sources', 'sources', folder);
}

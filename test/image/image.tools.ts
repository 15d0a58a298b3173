import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../repository.files.ts';

const run = promisify(execFile);
const works = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
export const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8');
const bases = dockerfile.match(/(?<=^FROM )\S+/gm) ?? [];
const hasBases = (): boolean =>
  bases.every((base) => spawnSync('podman', ['image', 'exists', base], { stdio: 'ignore' }).status === 0);

/** Why no image can be built and run here, or undefined: for `describe.skipIf`. */
export const imageMissing: string | undefined = missing();

function missing(): string | undefined {
  if (!works('podman') || !works('buildah')) return 'needs podman and buildah on the PATH';
  // Flags may bring bases along; nothing is fetched for a test.
  if (process.env['IMAGE_BUILD_FLAGS'] || hasBases()) return undefined;
  return `the base images aren't here: podman pull ${bases.join(' ')}`;
}

/** Whose image is judged: there is one recipe for all services. */
export const imageService = 'backend-api';

/** A name that no other run on this machine builds under. */
export const ownTag = (use: string): string => `localhost/image-test-${process.pid}:${use}`;

export const buildImage = (tag: string, ...builderArguments: string[]): Promise<string> =>
  buildImageBy('buildah', tag, ...builderArguments);

/** Builds as `npm run image` does. @returns the image's id */
export async function buildImageBy(
  builder: 'podman' | 'buildah',
  tag: string,
  ...builderArguments: string[]
): Promise<string> {
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  await run(
    'npm',
    [
      'run',
      '--silent',
      'image',
      '--',
      imageService,
      '--builder',
      builder,
      '--tag',
      tag,
      '--',
      ...builderArguments,
    ],
    options,
  );
  return (await podman('image', 'inspect', '--format', '{{.Id}}', tag)).trim();
}

export const podman = async (...args: string[]): Promise<string> =>
  (await run('podman', args, { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' })).stdout;

/** Takes away what a test has built, as far as it came. */
export const removeImages = async (...tags: string[]): Promise<void> => {
  await podman('rmi', '--force', '--ignore', ...tags);
};

import { execFileSync, spawnSync } from 'node:child_process';
import { findService, workspaceRoot } from '../service.folder.ts';
import { tellUserErrors, UserError } from '../user.error.ts';
import { buildCommand, findBuilder } from './image.builder.ts';
import { HELP, parseOptions } from './image.options.ts';
import { reportOf, type ImageReport } from './image.report.ts';

/** `npm run image`. Sets the exit code: 0, or 1 after a failure, which is told in a sentence. */
export const runImage = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> =>
  tellUserErrors(async () => {
    const options = parseOptions(args, env['IMAGE_BUILD_FLAGS']);
    if (options.help) {
      process.stdout.write(HELP);
      return;
    }
    const { name, version } = findService(options.service);
    const builder = findBuilder(options.builder);
    const tag = options.tag ?? `localhost/${name}:${version}`;
    const { revision, time } = lastCommit();
    const epoch = epochOf(env['SOURCE_DATE_EPOCH'] ?? time);
    const { builderArguments } = options;
    const command = buildCommand(builder, { service: name, tag, version, revision, epoch, builderArguments });
    process.stdout.write(`${builder} ${command.join(' ')}\n`);
    const { status } = spawnSync(builder, command, { cwd: workspaceRoot, stdio: 'inherit' });
    if (status !== 0) throw new UserError(`${builder} has failed; its last lines say where.`);
    process.stdout.write(`\nBuilt ${tag} of ${name} ${version} at ${revision}.\n`);
    process.stdout.write(`${told(reportOf(builder, tag))}${nextSteps}`);
  });

/** Whoever has no history, or no git, gets an image all the same. */
function lastCommit(): { revision: string; time: string } {
  try {
    const format = ['log', '-1', '--format=%H %ct'];
    const [revision, time] = execFileSync('git', format, {
      cwd: workspaceRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(' ');
    return { revision: revision ?? 'unknown', time: time ?? '0' };
  } catch {
    return { revision: 'unknown', time: '0' };
  }
}

function epochOf(text: string): number {
  if (!/^\d{1,11}$/.test(text))
    throw new UserError(`SOURCE_DATE_EPOCH=${text} is no whole number of seconds since 1970.`);
  return Number(text);
}

const told = (report: ImageReport | undefined): string =>
  report === undefined
    ? 'Its digest and size are told by docker 25 or newer, podman and buildah.\n'
    : `Digest:            ${report.digest}\nApplication layer: ${report.layerBytes} bytes compressed\n`;

const nextSteps = `
It serves (default) or migrates, as docs/image.md tells. A cluster wants it by digest: push it, and put the digest that
the registry answers into the overlay below k8s/overlays.
`;

import { basename } from 'node:path';
import type { z } from 'zod';
import { type Logger, silentLogger } from '../../telemetry/index.ts';
import { ReadSource, type ReadSourceOptions } from '../read.source.ts';
import { parseSecret } from '../secret.parsing.ts';
import { watchDirectory } from './directory.watch.ts';
import { isMountedWhole, readMountedDirectory } from './mounted.directory.ts';

/** A secret in a mounted directory, followed as it changes; named like its directory. */
export class MountedSource<Value> extends ReadSource<Value> {
  readonly #stopWatching: () => void;

  private constructor(directory: string, options: ReadSourceOptions<Value>) {
    super(options);
    this.#stopWatching = watchDirectory(directory, () => void this.refresh().catch(() => undefined));
  }

  /** @throws SecretError when the first value can't be read */
  static async open<Value>(
    directory: string,
    schema: z.ZodType<Value>,
    logger: Logger = silentLogger,
  ): Promise<MountedSource<Value>> {
    const read = async () => parseSecret(directory, schema, await readMountedDirectory(directory));
    const first = await read();
    const name = basename(directory);
    if (!(await isMountedWhole(directory))) {
      logger.warn('plain files; to follow changes, mount the whole Secret as a directory without subPath', {
        'secret.name': name,
      });
    }
    return new MountedSource(directory, { name, logger, read, first });
  }

  override async close(): Promise<void> {
    this.#stopWatching();
    await super.close();
  }
}

import { resolve } from 'node:path';
import { findService } from '../service.folder.ts';
import { tellUserErrors, UserError } from '../user.error.ts';
import { bundleService } from './service.bundle.ts';

/** `node docker/bin/bundle.js SERVICE FOLDER`: what the image holds below /app, out of a service that is built. */
export const runBundle = (args: readonly string[]): Promise<void> =>
  tellUserErrors(async () => {
    const [name, target, ...rest] = args;
    if (name === undefined || target === undefined || rest.length > 0)
      throw new UserError('usage: node docker/bin/bundle.js SERVICE FOLDER');
    const { packages, bytes } = await bundleService(findService(name), resolve(target));
    process.stdout.write(`${name}: ${bytes} bytes out of ${packages} packages\n`);
  });

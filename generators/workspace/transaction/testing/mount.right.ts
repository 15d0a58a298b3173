import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** For `unshare`: what is mounted is seen by the program that it starts, and gone with it. */
export const apart = ['--mount', '--propagation', 'private'] as const;

/** Why no file system can be mounted here, or undefined: for `describe.skipIf`. Some containers don't let root either. */
export const mountMissing =
  process.platform === 'linux' &&
  spawnSync('unshare', [...apart, 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0
    ? undefined
    : 'needs Linux and the right to mount';

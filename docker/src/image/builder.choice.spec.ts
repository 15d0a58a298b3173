import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBuilder } from './image.builder.ts';

describe('the choice of a builder', () => {
  let folder: string;
  /** A program that fails when its first argument is one of those. */
  const install = (name: string, ...failing: string[]): void => {
    const script = failing.map((argument) => `[ "$1" != "${argument}" ] || exit 1`).join('\n');
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'builders-'));
    vi.stubEnv('PATH', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it('takes docker, podman, buildah, in this order', () => {
    install('buildah');
    expect(findBuilder(undefined)).toBe('buildah');
    install('podman');
    expect(findBuilder(undefined)).toBe('podman');
    install('docker');
    expect(findBuilder(undefined)).toBe('docker');
  });

  it.each([
    ['without buildx', 'buildx'],
    ['without a daemon', 'version'],
  ])('passes over a docker %s', (_, failing) => {
    install('docker', failing);
    install('podman');
    expect(findBuilder(undefined)).toBe('podman');
    expect(() => findBuilder('docker')).toThrow(
      /docker isn't on the PATH or doesn't work: try "docker buildx/,
    );
  });

  it('says where one gets a builder when there is none', () => {
    expect(() => findBuilder(undefined)).toThrow('needs docker (with buildx), podman or buildah on the PATH');
  });
});

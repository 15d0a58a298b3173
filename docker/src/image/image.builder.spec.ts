import { describe, expect, it } from 'vitest';
import { buildCommand } from './image.builder.ts';
import { builders } from './image.options.ts';

const recipe = {
  service: 'orders-api',
  tag: 'localhost/orders-api:1.2.3',
  version: '1.2.3',
  revision: 'abc',
  epoch: 1_700_000_000,
  builderArguments: ['--pull'],
};

describe('the command of a builder', () => {
  it.each(builders)("of %s says the same to the recipe, the caller's own arguments last", (builder) => {
    const command = buildCommand(builder, recipe);
    expect(command.slice(-8)).toEqual([
      '--build-arg=SERVICE=orders-api',
      '--build-arg=VERSION=1.2.3',
      '--build-arg=REVISION=abc',
      '--build-arg=CREATED=2023-11-14T22:13:20.000Z',
      '--build-arg=SOURCE_DATE_EPOCH=1700000000',
      '--pull',
      '--file=docker/Dockerfile',
      '.',
    ]);
  });

  it('fixes every time in the image', () => {
    expect(buildCommand('podman', recipe)).toContain('--timestamp=1700000000');
    expect(buildCommand('buildah', recipe)).toContain('--timestamp=1700000000');
    expect(buildCommand('docker', recipe)).toContain(
      '--output=type=docker,name=localhost/orders-api:1.2.3,rewrite-timestamp=true',
    );
  });

  it.each(['podman', 'buildah'] as const)(
    'of %s takes no step from a cache that overlooks arguments',
    (builder) => {
      expect(buildCommand(builder, recipe)).toContain('--layers=false');
    },
  );
});

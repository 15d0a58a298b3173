import { describe, expect, it } from 'vitest';
import { parseOptions } from './image.options.ts';

describe('the options of npm run image', () => {
  it('are a service, a tag, a builder, and what goes to the builder', () => {
    const options = parseOptions(
      ['orders-api', '--tag', 'a:1', '--builder', 'podman', '--', '--pull', 'x'],
      undefined,
    );
    expect(options).toEqual({
      service: 'orders-api',
      tag: 'a:1',
      builder: 'podman',
      builderArguments: ['--pull', 'x'],
      help: false,
    });
  });

  it('take more arguments for the builder from the environment, one a line', () => {
    expect(parseOptions(['--', '--pull'], '--isolation\nchroot\n').builderArguments).toEqual([
      '--isolation',
      'chroot',
      '--pull',
    ]);
  });

  it.each([
    [['--colour'], /Unknown option '--colour'.*--help/],
    [['--builder', 'kaniko'], /There is no builder "kaniko": it can be docker, podman, buildah/],
    [['one-api', 'two-api'], /One service at a time: one-api, two-api/],
    [['--tag'], /--tag.*argument missing/],
  ])('are refused when they are %j', (args, refusal) => {
    expect(() => parseOptions(args, undefined)).toThrow(refusal);
  });
});

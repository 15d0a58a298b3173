import { describe, expect, it } from 'vitest';
import { parseScanOptions } from './scan.options.ts';

const names = ['checkov', 'trivy'];

describe('the options of a scan', () => {
  it('are none: all scanners that are there, and none has to be', () => {
    expect(parseScanOptions([], names)).toEqual({
      only: undefined,
      require: [],
      image: undefined,
      list: false,
      help: false,
    });
  });

  it('name scanners, several with commas', () => {
    const { only, require } = parseScanOptions(['--only', 'checkov', '--require', 'trivy,checkov'], names);
    expect({ only, require }).toEqual({ only: ['checkov'], require: ['trivy', 'checkov'] });
  });

  it.each([
    [['--only', 'trivvy'], '--only: no such scanner: trivvy'],
    [['--require', 'checkov,snyk'], '--require: no such scanner: snyk'],
    [['--all'], "Unknown option '--all'"],
  ])('are refused when nobody knows them: %s', (args, message) => {
    expect(() => parseScanOptions(args, names)).toThrow(message);
  });
});

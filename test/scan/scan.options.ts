import { parseArgs } from 'node:util';

export const HELP = `\
Runs the scanners that are on the PATH over every overlay and dependency, the cluster folder, the Dockerfile and the sources.
What they find fails, unless k8s/scan-exceptions.yaml has it with a reason and a date.

  npm run scan
  npm run scan -- --only trivy,checkov      these, if they are there
  npm run scan -- --require trivy,checkov   all that are there, and these have to be
  npm run scan -- --image backend-api.tar   the image too, as "docker save" writes it
  npm run scan -- --list                    which scanners there are, and where one gets those that aren't
  npm run scan -- --help                    this text

Environment:
  KUBECONFORM_SCHEMA_LOCATION   folder or template of schemas; otherwise kubeconform downloads them
  KUBESCAPE_ARTIFACTS           folder of "kubescape download artifacts"; otherwise kubescape downloads them
  KICS_ASSETS                   the folder "assets" that comes with kics

Ends with exit code 0 when nothing is left to say, otherwise with 1.
`;

export interface ScanOptions {
  readonly only: readonly string[] | undefined;
  readonly require: readonly string[];
  readonly image: string | undefined;
  readonly list: boolean;
  readonly help: boolean;
}

/** @throws Error naming an option or a scanner that isn't known */
export function parseScanOptions(args: readonly string[], scannerNames: readonly string[]): ScanOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      require: { type: 'string' },
      image: { type: 'string' },
      list: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const names = (option: 'only' | 'require'): string[] => {
    const wanted = (values[option] ?? '').split(',').filter(Boolean);
    const unknown = wanted.filter((name) => !scannerNames.includes(name));
    if (unknown.length > 0)
      throw new Error(
        `--${option}: no such scanner: ${unknown.join(', ')}; there are ${scannerNames.join(', ')}`,
      );
    return wanted;
  };
  return {
    only: values.only === undefined ? undefined : names('only'),
    require: names('require'),
    image: values.image,
    list: values.list ?? false,
    help: values.help ?? false,
  };
}

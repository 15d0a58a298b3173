import { parseArgs } from 'node:util';
import { UserError } from '../user.error.ts';

/** In the order in which they are looked for. */
export const builders = ['docker', 'podman', 'buildah'] as const;
export type BuilderName = (typeof builders)[number];

export interface ImageOptions {
  /** A folder in apps/; undefined takes the first one. */
  readonly service: string | undefined;
  /** Name and tag; undefined is `localhost/<service>:<version>`. */
  readonly tag: string | undefined;
  /** undefined takes the first one on the PATH. */
  readonly builder: BuilderName | undefined;
  /** Go to the builder as they are. */
  readonly builderArguments: readonly string[];
  readonly help: boolean;
}

export const HELP = `\
Builds the image of a service: reproducible, distroless, only its bundle inside.

  npm run image                          the first service in apps/
  npm run image -- <service>             another one
  npm run image -- --tag NAME:TAG        called so; otherwise localhost/<service>:<version in its package.json>
  npm run image -- --builder podman      docker (with buildx), podman or buildah; otherwise the first on the PATH
  npm run image -- <service> -- --pull   what follows a second -- goes to the builder
  npm run image -- --help                this text

Environment:
  SOURCE_DATE_EPOCH    seconds since 1970 for all times in the image; otherwise the time of the last commit
  IMAGE_BUILD_FLAGS    more arguments for the builder, one a line
`;

/** @throws UserError for what isn't understood */
export function parseOptions(args: readonly string[], buildFlags: string | undefined): ImageOptions {
  const end = args.indexOf('--');
  const [own, passed] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  const { values, positionals } = parse(own);
  if (positionals.length > 1) throw new UserError(`One service at a time: ${positionals.join(', ')}.`);
  return {
    service: positionals[0],
    tag: values.tag,
    builder: knownBuilder(values.builder),
    builderArguments: [...(buildFlags ?? '').split('\n').filter(Boolean), ...passed],
    help: values.help ?? false,
  };
}

function knownBuilder(name: string | undefined): BuilderName | undefined {
  const known = builders.find((builder) => builder === name);
  if (name !== undefined && known === undefined)
    throw new UserError(`There is no builder "${name}": it can be ${builders.join(', ')}.`);
  return known;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tag: { type: 'string', short: 't' },
        builder: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UserError(`${problem}. What there is: npm run image -- --help`);
  }
}

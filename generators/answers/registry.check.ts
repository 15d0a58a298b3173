// The longest repository that registries take is 255; the rest is room for the service behind it.
const longestRegistry = 140;
const largestPort = 65_535;

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
// As in the grammar of references (distribution/reference). Without a dot or a port it would be a path on Docker Hub.
const host = new RegExp(`^(?:localhost|${label}(?:\\.${label})+|${label}(?=:))(?::(\\d{1,5}))?$`);
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

interface Rule {
  readonly broken: (registry: string) => boolean;
  readonly why: string;
  readonly cure: string;
}

const rules: readonly Rule[] = [
  { broken: (registry) => registry === '', why: 'names no registry', cure: 'Take one like "ghcr.io/acme".' },
  {
    broken: (registry) => registry.length > longestRegistry,
    why: `is too long for the name of an image`,
    cure: `Take at most ${longestRegistry} characters.`,
  },
  {
    broken: (registry) => registry.includes('://'),
    why: 'begins with a scheme, which no name of an image has',
    cure: 'Leave it out.',
  },
  {
    broken: (registry) => registry !== registry.toLowerCase(),
    why: 'has upper-case letters, which registries refuse',
    cure: 'Write it in lower case.',
  },
  {
    broken: (registry) => /@|\/.*:/.test(registry),
    why: 'has a tag or digest, which each image gets of its own',
    cure: 'Leave it out.',
  },
  {
    broken: (registry) => !isHost(registry.split('/')[0] ?? ''),
    why: 'does not begin with a host that has a dot, a port, or is localhost',
    cure: 'Take one like "ghcr.io/acme".',
  },
  {
    broken: (registry) => !registry.includes('/'),
    why: 'is a host alone, and the cluster would run what anybody may push there',
    cure: 'Put your team behind it, as in "ghcr.io/acme".',
  },
  {
    broken: (registry) =>
      !registry
        .split('/')
        .slice(1)
        .every((part) => component.test(part)),
    why: 'has a path that registries refuse',
    cure: 'Each part takes lower-case ASCII letters and digits, with single . _ or - between.',
  },
];

function isHost(text: string): boolean {
  const [matched, port = '443'] = host.exec(text) ?? [];
  return matched !== undefined && Number(port) >= 1 && Number(port) <= largestPort;
}

/** Why a place of images can't be used, in a sentence for the user; undefined when it can. */
export function refuseRegistry(registry: string): string | undefined {
  const rule = rules.find(({ broken }) => broken(registry));
  return rule && `${JSON.stringify(registry)} ${rule.why}. ${rule.cure}`;
}

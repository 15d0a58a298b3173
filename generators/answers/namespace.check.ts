import { isDnsLabel, longestLabel } from './dns.label.ts';

const longestSuffix = '-production';

/** What is left of a label once the longest overlay has put its name behind it. */
export const longestNamespace = longestLabel - longestSuffix.length;

const owners: Readonly<Record<string, string>> = {
  default: 'belongs to the cluster',
  openbao: 'holds the store of secrets',
  monitoring: 'is where metrics are read from',
  databases: 'holds the databases of staging and production',
};

// In YAML these are no strings: `namespace: on` names nothing.
const wordsOfYaml = /^(?:y|n|yes|no|on|off|true|false|null)$/;

/** Why a namespace can't be used, in a sentence for the user; undefined when it can. */
export function refuseNamespace(namespace: string): string | undefined {
  const shown = JSON.stringify(namespace);
  if (namespace.length > longestNamespace)
    return `${shown} is too long: "${longestSuffix}" is put behind it. Take at most ${longestNamespace} characters.`;
  if (!isDnsLabel(namespace) || !/^[a-z]/.test(namespace))
    return `${shown} is no name of a namespace: it takes lower-case ASCII letters, digits and hyphens between, and begins with a letter. Take one like "shop".`;
  if (namespace.startsWith('kube-'))
    return `${shown} is reserved: Kubernetes keeps "kube-" for itself. Take another name.`;
  if (wordsOfYaml.test(namespace)) return `${shown} is no name for YAML. Take a longer one.`;
  const owner = owners[namespace];
  return owner && `${shown} is taken: the namespace of that name ${owner}. Take another one.`;
}

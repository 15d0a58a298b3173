import { basename } from 'node:path';
import { refuseNamespace, refuseRegistry, type Answers } from '../answers/index.ts';
import { serviceOf } from './service.settings.ts';
import type { Setting } from './setting.ts';

/** A folder's name as a DNS label: what npm and Kubernetes take alike. */
export function labelOf(folder: string): string {
  const label = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '');
  return label === '' ? 'services' : label;
}

export const namespaceSetting = (folder: string): Setting => ({
  // Yeoman keeps `namespace` for its own: the name of the generator.
  name: 'kubernetes-namespace',
  description: '-staging and -production are put behind it for these overlays',
  message: 'Which namespace in Kubernetes? -staging and -production are put behind it:',
  default: () => (refuseNamespace(labelOf(folder)) === undefined ? labelOf(folder) : 'services'),
  check: refuseNamespace,
});

export const registrySetting: Setting = {
  name: 'registry',
  description: 'where released images are, like ghcr.io/team',
  message: 'Where are released images?',
  default: (settled) => `registry.example.com/${settled['kubernetes-namespace']}`,
  check: refuseRegistry,
};

export const credentialsSetting: Setting = {
  name: 'credentials',
  description: 'how production gets its credentials: files (mounted Secrets) or vault (Vault or OpenBao)',
  message: 'How does production get its credentials?',
  choices: ['files', 'vault'],
  default: () => 'files',
  check: (answer) =>
    ['files', 'vault'].includes(answer)
      ? undefined
      : `"${answer}" is no source of credentials. There are files (mounted Secrets) and vault (Vault or OpenBao).`,
};

/** The answers of a new workspace out of its settings. */
export const answersOf = (folder: string, settled: Readonly<Record<string, string>>): Answers => ({
  workspace: labelOf(folder),
  namespace: settled['kubernetes-namespace'] ?? '',
  registry: settled['registry'] ?? '',
  credentials: settled['credentials'] === 'vault' ? 'vault' : 'files',
  services: [serviceOf(settled)],
});

import { fault, type Rule } from '../rule.contract.ts';
import { perContainer } from '../rule.scope.ts';

export const keepsSecretsOutOfEnvironment: Rule = {
  id: 'no-secret-in-environment',
  title: 'No variable takes its value from a Secret, and none from a whole object',
  row: 19,
  scanners: {
    checkov: ['CKV_K8S_35'],
    kubescape: ['C-0207'],
    kubeLinter: ['env-value-from', 'read-secret-from-env-var'],
    kyverno: ['secrets-not-from-env-vars'],
  },
  check: perContainer(({ container }) => [
    ...(container.env ?? []).flatMap(({ name, valueFrom }, index) =>
      valueFrom?.secretKeyRef === undefined
        ? []
        : [fault(`/env/${index}`, `gives ${name} a secret`, 'mount it as a file')],
    ),
    ...(container.envFrom ?? []).map((_, index) =>
      fault(`/envFrom/${index}`, 'takes whatever is in there', 'name variables one by one'),
    ),
  ]),
};

// Words of kubescape C-0012 and Polaris together.
const looksSecret = /key|token|secret|passw|pwd|jwt|credential|bearer|private/i;

/**
 * A file's path is no secret; kubescape knows that, Polaris doesn't. Official images are configured that way, so the path
 * wins; our own service has no such name.
 */
const isPathOfSecret = (name: string, value: string | undefined): boolean =>
  name.endsWith('_FILE') && /^\/run\/secrets\/[\w.-]+\/[\w.-]+$/.test(value ?? '');

export const namesNoSecrets: Rule = {
  id: 'plain-variable-names',
  title: 'No variable looks like a secret, by its name or by its value',
  row: 20,
  scanners: {
    kubescape: ['C-0012'],
    kubeLinter: ['env-var-secret'],
    polaris: ['sensitiveContainerEnvVar'],
  },
  check: perContainer(({ container }) =>
    (container.env ?? []).flatMap(({ name = '', value }, index) =>
      (looksSecret.test(name) && !isPathOfSecret(name, value)) || /:\/\/[^/@\s]+:[^/@\s]+@/.test(value ?? '')
        ? [fault(`/env/${index}`, `looks like a secret: ${name}`, 'mount it as a file, or name it otherwise')]
        : [],
    ),
  ),
};

export const namesVariablesOnce: Rule = {
  id: 'variables-once',
  title: 'Every variable has a name and a value, once',
  row: 20,
  scanners: { kubeLinter: ['duplicate-env-var'], kubeScore: ['environment-variable-key-duplication'] },
  check: perContainer(({ container }) => {
    const names = (container.env ?? []).map(({ name }) => name);
    return (container.env ?? []).flatMap(({ name, value, valueFrom }, index) =>
      name !== undefined && names.indexOf(name) === index && (value ?? valueFrom) !== undefined
        ? []
        : [fault(`/env/${index}`, `${name} stands there twice or says nothing`, 'state it once')],
    );
  }),
};

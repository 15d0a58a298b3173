import type { Scanner } from './scanner.ts';

/** The API server's own evaluation of the Pod Security level `restricted`. */
export const psacheck: Scanner = {
  name: 'psacheck',
  reads: ['manifests'],
  install:
    'any command line over k8s.io/pod-security-admission that writes "FAIL Kind/name: reason (detail)"',
  arguments: ({ path }) => [path],
  parse: (text) => {
    if (!/^psacheck restricted:\S+ pods=\d+/m.test(text)) throw new Error('no summary');
    return Array.from(
      text.matchAll(/^(?:FAIL|ERROR) (\S+): (.+?)(?: \((.*)\))?$/gm),
      ([, resource = '', reason = '', detail = reason]) => ({ id: reason, resource, message: detail }),
    );
  },
};

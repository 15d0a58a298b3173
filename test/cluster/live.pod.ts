import { randomBytes } from 'node:crypto';
import type { Manifest } from '../kubernetes/manifest.ts';
import { kubectl, waitFor } from './kubectl.command.ts';

/** What a pod saw when it tried to connect. */
export type Reach = 'connected' | 'refused or dropped';

const program = (host: string, port: number): string => `
const attempt = () => new Promise((resolve) => {
  const socket = require('node:net').connect({ host: '${host}', port: ${port}, timeout: 2000 });
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false)).on('timeout', () => resolve(false));
});
(async () => {
  // The first packets of a young pod may be dropped until its policies are written.
  for (let tries = 0; tries < 3; tries += 1) if (await attempt()) return console.log('connected');
  console.log('refused or dropped');
})().finally(() => process.exit(0));
`;

/**
 * Starts a pod hardened like every other here, lets it connect from inside, and removes it.
 *
 * @param like a pod template's spec that is admitted in the namespace
 */
export async function tryFromPod(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  like: { containers: readonly object[] },
  target: { host: string; port: number },
): Promise<Reach> {
  const name = `reach-${randomBytes(4).toString('hex')}`;
  const [container] = like.containers;
  const pod: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      ...like,
      restartPolicy: 'Never',
      volumes: [],
      containers: [
        {
          ...container,
          name: 'reach',
          args: ['-e', program(target.host, target.port)],
          env: [],
          volumeMounts: [],
        },
      ],
    },
  };
  await kubectl(['create', '-f', '-'], JSON.stringify(pod));
  try {
    await waitFor(namespace, `pod/${name}`, 'jsonpath={.status.phase}=Succeeded', 60);
    return (await kubectl(['logs', '-n', namespace, name])).trim() as Reach;
  } finally {
    await kubectl(['delete', 'pod', '-n', namespace, name, '--now', '--wait=false']);
  }
}

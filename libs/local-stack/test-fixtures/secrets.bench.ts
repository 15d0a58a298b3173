import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { writePolicy } from './made.policy.ts';
import { existingOf, type KubernetesObject, type Values } from '../src/cluster-secrets/cluster.object.ts';
import { kubectlOf, type Kubectl } from '../src/cluster-secrets/kubectl.command.ts';
import { makeSecrets } from '../src/cluster-secrets/secrets.command.ts';

/** What it makes for one service. */
export const ALL_OBJECTS = [
  'Secret/demo-service-db-credentials',
  'Secret/demo-service-db-migrator-credentials',
  'Secret/demo-service-keys',
  'Secret/frontend-demo-service-key',
  'Secret/postgres-superuser',
  'Secret/postgres-identities',
  'Secret/postgres-tls',
  'ConfigMap/db-ca',
];

/** The same outcome for all of them. */
export const eachObject = (outcome: string): Record<string, string> =>
  Object.fromEntries(ALL_OBJECTS.map((id) => [id, outcome]));

/** A namespace of its own, and `npm run secrets` for a workspace with the one service `demo-service`. */
export class SecretsBench {
  readonly namespace = `secrets-${randomBytes(4).toString('hex')}`;
  readonly kubectl: Kubectl;
  readonly #env: NodeJS.ProcessEnv | undefined;
  readonly #workspaceRoot: string;

  private constructor(workspaceRoot: string, env: NodeJS.ProcessEnv | undefined) {
    this.#workspaceRoot = workspaceRoot;
    this.#env = env;
    this.kubectl = kubectlOf(undefined, env);
  }

  /** @param env says which cluster; that of this process unless given */
  static async open(env?: NodeJS.ProcessEnv): Promise<SecretsBench> {
    const root = await mkdtemp(join(tmpdir(), 'local-stack-secrets-'));
    await mkdir(join(root, 'apps', 'demo-service'), { recursive: true });
    await writeFile(join(root, 'apps', 'demo-service', 'package.json'), '{}');
    await writePolicy(root, 'demo-service', ['frontend']);
    const bench = new SecretsBench(root, env);
    await bench.kubectl(['create', 'namespace', bench.namespace]);
    return bench;
  }

  /** @returns what it says, a line each */
  async make(...args: string[]): Promise<string[]> {
    const { said } = await this.run('--namespace', this.namespace, ...args);
    return said.trimEnd().split('\n').slice(1);
  }

  /** What it says of each object. */
  async outcomes(...args: string[]): Promise<Record<string, string>> {
    const lines = (await this.make(...args)).map((line) => {
      const [, id = line, outcome = ''] = /^\S+ (\S+): (.+?)(?: \(ends .*\))?$/.exec(line) ?? [];
      return [id, outcome];
    });
    return Object.fromEntries(lines) as Record<string, string>;
  }

  /** With the output as it is, and what is said beside it. */
  async run(...args: string[]): Promise<{ said: string; beside: string }> {
    const [output, progress] = [new PassThrough(), new PassThrough()];
    const settings = { workspaceRoot: this.#workspaceRoot, env: this.#env, output, progress };
    await makeSecrets(args, settings);
    return { said: read(output), beside: read(progress) };
  }

  async objects(): Promise<KubernetesObject[]> {
    const list = await this.kubectl([
      'get',
      'secrets,configmaps',
      `--namespace=${this.namespace}`,
      '--output=json',
    ]);
    const { items } = JSON.parse(list) as { items: KubernetesObject[] };
    return items.filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
  }

  /** Of one object, like `Secret/postgres-tls`. */
  async values(id: string): Promise<Values> {
    const found = existingOf(await this.objects()).get(id as 'Secret/any');
    if (!found) throw new Error(`${id} isn't there.`);
    return found.values;
  }

  /** As somebody else would change it. */
  async change(id: string, values: Values): Promise<void> {
    const objects = await this.objects();
    const object = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
    const encode = (text: string) =>
      object?.kind === 'Secret' ? Buffer.from(text).toString('base64') : text;
    const encoded = Object.entries(values).map(([key, text]) => [key, encode(text)]);
    const changed = { ...object, data: { ...object?.data, ...Object.fromEntries(encoded) } };
    await this.kubectl(['replace', '--filename=-'], JSON.stringify(changed));
  }

  async remove(...ids: string[]): Promise<void> {
    const names = ids.map((id) => id.toLowerCase());
    await this.kubectl(['delete', `--namespace=${this.namespace}`, ...names]);
  }

  async close(): Promise<void> {
    await rm(this.#workspaceRoot, { recursive: true });
  }
}

const read = (stream: PassThrough): string => String(stream.read() ?? '');

import { spawn } from 'node:child_process';

/** kubectl failed; the message is its own words. */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
}

/**
 * Runs kubectl on the cluster that KUBECONFIG names.
 *
 * @param input goes to its standard input, never to its command line
 * @returns its output
 * @throws KubectlError
 */
export function kubectl(args: readonly string[], input = ''): Promise<string> {
  const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, problem] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (problem += text.toString()));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new KubectlError(`kubectl ${args.join(' ')}: ${problem.trim()}`));
    });
  });
}

/** Applies objects on the side of the server, so that fields somebody else has set show as conflicts. */
export const apply = (objects: readonly object[]): Promise<string> =>
  kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );

/** Waits for a condition. @throws KubectlError with the object's name when it doesn't come in time */
export const waitFor = (
  namespace: string,
  object: string,
  condition: string,
  seconds: number,
): Promise<string> =>
  kubectl(['wait', '-n', namespace, object, `--for=${condition}`, `--timeout=${seconds}s`]);

/** What a JSONPath finds in the objects that `selection` names, like `deployment/backend-api` or `pods`. */
export const read = (namespace: string, selection: readonly string[], path: string): Promise<string> =>
  kubectl(['get', '-n', namespace, ...selection, '-o', `jsonpath=${path}`]);

import { spawn } from 'node:child_process';
import { codeOf, StackError } from '../stack.error.ts';

/**
 * Runs kubectl; what is secret goes through its standard input, never onto its command line.
 *
 * @param secrets values that its complaints may quote, and nobody shall read
 * @throws StackError with kubectl's own words
 */
export type Kubectl = (
  args: readonly string[],
  input?: string,
  secrets?: readonly string[],
) => Promise<string>;

/**
 * @param context of the kubeconfig; undefined takes the current one
 * @param env this process' own unless given
 */
export const kubectlOf =
  (context: string | undefined, env?: NodeJS.ProcessEnv): Kubectl =>
  (args, input = '', secrets = []) => {
    const own = context === undefined ? [] : [`--context=${context}`];
    const child = spawn('kubectl', [...own, '--request-timeout=20s', ...args], { stdio: 'pipe', env });
    const [output, problem]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => problem.push(chunk));
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((resolve, reject) => {
      child.once('error', (error) => reject(cannotRun(error)));
      child.once('close', (code) => {
        if (code === 0) resolve(Buffer.concat(output).toString());
        else reject(failure(args, withoutSecrets(Buffer.concat(problem).toString(), secrets)));
      });
    });
  };

function cannotRun(error: Error): StackError {
  const reason = codeOf(error) === 'ENOENT' ? 'is not on the PATH' : `can't be run (${error.message})`;
  return new StackError(`kubectl ${reason}. Get it from https://kubernetes.io/docs/tasks/tools/`);
}

const UNREACHABLE =
  /was refused|no such host|i\/o timeout|deadline exceeded|no configuration|unable to connect/i;
/** What kubectl logs of its own tries, before it says what is wrong. */
const LOG_LINE = /^[EWI]\d{4} .*\n?/gm;

function failure([verb]: readonly string[], words: string): StackError {
  const cure = UNREACHABLE.test(words)
    ? '\nIs the cluster up, and the right one? KUBECONFIG or --context says which; kubectl config get-contexts lists them.'
    : '';
  return new StackError(`kubectl ${verb} has failed: ${words.replaceAll(LOG_LINE, '').trim()}${cure}`);
}

/** A server that refuses an object may quote it: as text, as JSON or in base64. */
function withoutSecrets(words: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    ...secret.split('\n').filter((line) => line.length >= 16),
  ]);
  return forms.reduce((text, form) => (form === '' ? text : text.replaceAll(form, '…')), words);
}

import { spawn } from 'node:child_process';
import { StackError } from '../stack.error.ts';

/** Runs kubectl; what is secret goes through its standard input, never onto its command line. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<string>;

/**
 * @param context of the kubeconfig; undefined takes the current one
 * @throws StackError, at each call, with kubectl's own words
 */
export const kubectlOf =
  (context: string | undefined): Kubectl =>
  (args, input = '') => {
    const own = context === undefined ? [] : [`--context=${context}`];
    const child = spawn('kubectl', [...own, '--request-timeout=20s', ...args], { stdio: 'pipe' });
    const [output, problem]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => problem.push(chunk));
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((resolve, reject) => {
      child.once('error', () =>
        reject(new StackError('This needs kubectl on the PATH: https://kubernetes.io/docs/tasks/tools/')),
      );
      child.once('close', (code) => {
        if (code === 0) resolve(Buffer.concat(output).toString());
        else
          reject(
            new StackError(`kubectl ${args[0]} has failed: ${Buffer.concat(problem).toString().trim()}`),
          );
      });
    });
  };

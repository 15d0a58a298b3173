import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

export interface GitCall {
  /** The folder in which git runs. */
  readonly cwd: string;
  readonly input?: string | Buffer;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What git said when it failed; its own first line is the message. */
export class GitError extends Error {}

const gibibyte = 1024 ** 3;

// Set inside of a hook, where they name another repository.
const inherited =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES)$/;

function environment(added: GitCall['env']): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !inherited.test(name));
  // Messages in English, and no object is ever fetched.
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', ...added };
}

/** Without what the machine or its user configured, so that the same input gives the same bytes anywhere. */
export const unconfigured: Readonly<Record<string, string>> = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_COUNT: '0',
  GIT_CONFIG_PARAMETERS: '',
  GIT_ATTR_NOSYSTEM: '1',
};

/**
 * Runs git to its end, whatever its status; none of the user's hooks with it.
 * @throws GitError when there is no git
 */
export function runGit(args: readonly string[], { cwd, input, env }: GitCall): GitResult {
  const quiet = ['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false'];
  const { status, signal, stdout, stderr, error } = spawnSync('git', [...quiet, ...args], {
    cwd,
    env: environment(env),
    input: input ?? '',
    maxBuffer: gibibyte,
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new GitError('There is no git on the PATH. Install git 2.38 or newer.');
  }
  if (error) throw error;
  const stopped = signal ? `git ${args[0]} was stopped by ${signal}` : '';
  return { status: status ?? 255, stdout, stderr: stderr.toString() || stopped };
}

/**
 * What git answers.
 * @throws GitError when it fails
 */
export function git(args: readonly string[], call: GitCall): Buffer {
  const { status, stdout, stderr } = runGit(args, call);
  if (status === 0) return stdout;
  throw new GitError(stderr.split('\n').find((line) => line !== '') ?? `git ${args[0]} failed`);
}

/** One line of an answer; only its own end is cut off. */
export const gitLine = (args: readonly string[], call: GitCall): string =>
  git(args, call).toString().replace(/\n$/, '');

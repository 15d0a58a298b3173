import { resolve } from 'node:path';
import { codeOf, StackError } from '../stack.error.ts';
import { runStack } from './local.stack.ts';
import { ProgressReport, type Output } from './progress.report.ts';
import { buildWithNx, type BuildService } from './service.build.ts';
import type { Environment } from './service.environment.ts';
import { listenForInterrupts, type Interrupts } from './stack.interrupts.ts';
import { resetStack } from './stack.reset.ts';
import { HELP, parseOptions } from './start.options.ts';

/** What a start works on; everything has the default of `npm start`. */
export interface StartSettings {
  workspaceRoot?: string;
  env?: Environment;
  output?: Output;
  build?: BuildService;
}

const WORKSPACE_ROOT = resolve(import.meta.dirname, '../../../..');

/**
 * `npm start`: returns when the user has stopped what was started. Sets the process' exit code: 0, or 1 after a failure, which
 * is told in a sentence.
 */
export async function runStart(args: string[], settings: StartSettings = {}): Promise<void> {
  const progress = new ProgressReport(settings.output ?? process.stdout);
  const interrupts = listenForInterrupts();
  try {
    await run(args, settings, progress, interrupts);
  } catch (error) {
    if (error === interrupts.stop.reason) return;
    const sentence = explain(error);
    if (sentence === undefined) throw error;
    progress.say(`\n${sentence}`);
    process.exitCode = 1;
  } finally {
    interrupts.release();
  }
}

async function run(
  args: string[],
  settings: StartSettings,
  progress: ProgressReport,
  interrupts: Interrupts,
) {
  const { workspaceRoot = WORKSPACE_ROOT, env = process.env, build = buildWithNx } = settings;
  const options = parseOptions(args);
  if (options.help) return progress.say(HELP);
  if (options.reset) return resetStack(workspaceRoot, options.service, progress);
  return runStack({ workspaceRoot, options, user: env, progress, interrupts, build });
}

/** The sentence for the reader; undefined for what is a defect of ours. */
function explain(error: unknown): string | undefined {
  if (error instanceof StackError) return error.message;
  if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '') || !(error instanceof Error))
    return undefined;
  return (
    `No permission for a file that npm start needs: ${error.message}. ` +
    'If an earlier start ran as another user (sudo), delete .local as that user and start again.'
  );
}

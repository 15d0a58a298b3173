import type { ProgressReport } from './progress.report.ts';
import type { BuildService } from './service.build.ts';
import type { Environment } from './service.environment.ts';
import type { Interrupts } from './stack.interrupts.ts';
import type { StartOptions } from './start.options.ts';

/** What every part of one start works with. */
export interface StackContext {
  workspaceRoot: string;
  options: StartOptions;
  /** The user's environment. */
  user: Environment;
  progress: ProgressReport;
  interrupts: Interrupts;
  build: BuildService;
}

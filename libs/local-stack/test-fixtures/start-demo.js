// npm start for a workspace of a test: the same command, another root, a build that fails on demand.
import { existsSync } from 'node:fs';
import { StackError } from '../src/stack.error.ts';
import { runStart } from '../src/start/start.command.ts';

const [workspaceRoot, ...args] = process.argv.slice(2);
await runStart(args, {
  workspaceRoot,
  build: async (root) => {
    if (existsSync(`${root}/apps/demo-service/src/broken`)) throw new StackError('The demo is broken.');
  },
});

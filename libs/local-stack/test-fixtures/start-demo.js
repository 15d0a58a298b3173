// npm start for a workspace of a test: the same command, another root, nothing to build.
import { runStart } from '../src/start/start.command.ts';

const [workspaceRoot, ...args] = process.argv.slice(2);
await runStart(args, { workspaceRoot, build: async () => undefined });

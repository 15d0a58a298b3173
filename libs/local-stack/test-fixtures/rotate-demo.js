// npm run rotate for a workspace of a test, with less patience.
import { runRotate } from '../src/rotate/rotate.command.ts';

const [workspaceRoot, ...args] = process.argv.slice(2);
await runRotate(args, { workspaceRoot, patienceMs: 8000 });

import { runBundle } from '../src/bundle/bundle.command.ts';

await runBundle(process.argv.slice(2));

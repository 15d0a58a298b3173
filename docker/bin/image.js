import { runImage } from '../src/image/image.command.ts';

await runImage(process.argv.slice(2));

import { createRequire } from 'node:module';

interface Debug {
  log: (...text: unknown[]) => void;
  enable: (names: string) => void;
  disable: () => string;
}

/** What node-vault and all below it write with `DEBUG=*`, until it is stopped. */
export function captureDebug(): { output: unknown[]; stop: () => void } {
  const debug = createRequire(createRequire(import.meta.url).resolve('node-vault'))('debug') as Debug;
  const output: unknown[] = [];
  const { log } = debug;
  debug.log = (...text) => void output.push(...text);
  debug.enable('*');
  return {
    output,
    stop: () => {
      debug.disable();
      debug.log = log;
    },
  };
}

// Runs a program for as long as its own standard input is open. That input is a pipe from whoever wants the program, so it ends
// with them however they end, SIGKILL included; the program itself needs no part in it.
import { spawn } from 'node:child_process';

const KILL_AFTER_MS = 5000;

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });

const stop = () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
};

child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
process.stdin.on('error', stop).once('close', stop).resume();

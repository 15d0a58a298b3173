import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process that can't be mistaken for another one: process ids are reused, id and start time together are not. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the operating system's own notation; only good for comparing. */
  started: string;
  /** Program and arguments, separated by spaces. */
  commandLine: string;
}

/** Who runs under this process id now; undefined when nobody does, or when the system doesn't let us see it. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const look = { linux: fromProc, win32: fromPowerShell }[process.platform as string] ?? fromPs;
  try {
    return await look(pid);
  } catch {
    return undefined;
  }
}

/** Whether exactly this process, not merely its id, still runs. */
export async function isSameProcess(recorded: Pick<ProcessIdentity, 'pid' | 'started'>): Promise<boolean> {
  return (await identifyProcess(recorded.pid))?.started === recorded.started;
}

async function fromProc(pid: number): Promise<ProcessIdentity | undefined> {
  const [stat, commandLine, boot] = await Promise.all(
    [`/proc/${pid}/stat`, `/proc/${pid}/cmdline`, '/proc/sys/kernel/random/boot_id'].map((file) =>
      readFile(file, 'utf8'),
    ),
  );
  // A process that has ended but wasn't collected yet has no command line left.
  if (!stat || !commandLine || !boot) return undefined;
  // proc_pid_stat(5): the 22nd field is the start in ticks since boot; the 2nd may contain spaces, hence the last ')'.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return {
    pid,
    started: `${boot.trim()}/${ticks}`,
    commandLine: commandLine.replaceAll('\0', ' ').trim(),
  };
}

async function fromPs(pid: number): Promise<ProcessIdentity | undefined> {
  const column = async (name: string) =>
    (await run('ps', ['-ww', '-o', `${name}=`, '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } }))
      .stdout;
  const [started, commandLine] = await Promise.all([column('lstart'), column('args')]);
  return { pid, started: started.trim(), commandLine: commandLine.trim() };
}

async function fromPowerShell(pid: number): Promise<ProcessIdentity | undefined> {
  const query = `Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}' | ForEach-Object { $_.CreationDate.Ticks; $_.CommandLine }`;
  const { stdout } = await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', query]);
  const [started, commandLine] = stdout.split(/\r?\n/);
  return started && commandLine ? { pid, started, commandLine } : undefined;
}

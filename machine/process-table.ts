import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process is a pid *and* its start time: pids are reused. Start time in the kernel's ticks (Linux) or epoch seconds (elsewhere). */
export type ProcessId = { pid: number; startTicks: number };

const hasProc = process.platform === 'linux';

/** Start time of a live process, or null where there is none (a zombie counts as gone: it cannot do anything any more). */
export function startTicksOf(pid: number): number | null {
  return hasProc ? startTicksFromProc(pid) : startSecondsFromPs(pid);
}

export function isAlive(id: ProcessId): boolean {
  return startTicksOf(id.pid) === id.startTicks;
}

export function thisProcess(): ProcessId {
  return { pid: process.pid, startTicks: startTicksOf(process.pid) ?? 0 };
}

const bytesPerPage = 4096;

/** What a live process holds in memory; null where it is gone or the machine has no /proc. */
export function residentBytesOf(id: ProcessId): number | null {
  if (!hasProc || !isAlive(id)) return null;
  try {
    return Number(readFileSync(`/proc/${id.pid}/statm`, 'latin1').split(' ')[1]) * bytesPerPage;
  } catch {
    return null;
  }
}

/** Sends a signal to exactly that process. False where it is gone or the pid belongs to another one by now. */
export function signal(id: ProcessId, name: NodeJS.Signals): boolean {
  if (!isAlive(id)) return false;
  try {
    process.kill(id.pid, name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Live processes of one run, found by what their command line says: `launchstorm <role> [name] run=<runId>`.
 * Asking the machine beats remembering: a process that was started a moment before its parent died is found too.
 */
export function processesOfRun(runId: string): readonly (ProcessId & { title: string })[] {
  const mark = ` run=${runId}`;
  return commandLines().flatMap(({ pid, title }) => {
    if (pid === process.pid || !title.startsWith('launchstorm ') || !endsWord(title, mark)) return [];
    const startTicks = startTicksOf(pid);
    return startTicks === null ? [] : [{ pid, startTicks, title }];
  });
}

export type Role = 'conductor' | 'watchdog' | 'pod' | 'sidecar' | 'cache' | 'players' | 'proxy';

/** What a process calls itself so that `processesOfRun` finds it: pass as `argv0`. */
export function processTitle(role: Role, name: string, runId: string): string {
  return name === '' ? `launchstorm ${role} run=${runId}` : `launchstorm ${role} ${name} run=${runId}`;
}

function endsWord(title: string, mark: string): boolean {
  const at = title.indexOf(mark);
  if (at < 0) return false;
  const next = title[at + mark.length];
  return next === undefined || next === ' ' || next === '\0';
}

function commandLines(): readonly { pid: number; title: string }[] {
  if (!hasProc) return commandLinesFromPs();
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) return [];
    try {
      return [{ pid, title: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
    } catch {
      return [];
    }
  });
}

function startTicksFromProc(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces and parentheses: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : Number(fields[19]);
  } catch {
    return null;
  }
}

function startSecondsFromPs(pid: number): number | null {
  const line = ps(['-o', 'lstart=', '-p', String(pid)]).trim();
  const at = Date.parse(line);
  return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

function commandLinesFromPs(): readonly { pid: number; title: string }[] {
  return ps(['-axo', 'pid=,command='])
    .split('\n')
    .flatMap((line) => {
      const parts = /^\s*(\d+)\s+(.*)$/.exec(line);
      return parts === null ? [] : [{ pid: Number(parts[1]), title: parts[2] as string }];
    });
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

import { readdirSync, readFileSync } from 'node:fs';

/** What a program and everything it started have taken: CPU seconds, memory now, and the most that each has ever had. */
export type Usage = { cpuSeconds: number; rssBytes: number; rssBytesMax: number; processes: number };

/** Linux counts in hundredths of a second, whatever its real clock. */
const ticksPerSecond = 100;

/** All living processes of the sessions that these pids lead. A child that has ended counts through the one who waited for it. */
export function usageOf(pids: readonly number[]): Usage {
  const usage: Usage = { cpuSeconds: 0, rssBytes: 0, rssBytesMax: 0, processes: 0 };
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = statOf(entry);
    if (stat === null || !pids.includes(stat.session)) continue;
    usage.cpuSeconds += stat.cpuTicks / ticksPerSecond;
    usage.rssBytes += stat.rssBytes;
    usage.rssBytesMax += stat.rssBytesMax;
    usage.processes += 1;
  }
  return usage;
}

type Stat = { session: number; cpuTicks: number; rssBytes: number; rssBytesMax: number };

function statOf(pid: string): Stat | null {
  try {
    return readStat(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return null;
  }
}

/** The second field is the command in parentheses and may hold spaces and parentheses: fields are counted from the last one. */
export function readStat(stat: string, status: string): Stat {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  // Fields 14 to 17 of proc(5): user and system time, its own and that of children it waited for.
  const cpuTicks = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] as number), 0);
  const kibOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { session: fields[3] as number, cpuTicks, rssBytes: kibOf('VmRSS') * 1024, rssBytesMax: kibOf('VmHWM') * 1024 };
}

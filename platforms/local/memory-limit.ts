import { readFileSync } from 'node:fs';

/** `rssBytes` is everything resident; `ownBytes` leaves out what is only mapped from files and shared by all pods. */
export type MemoryUse = { rssBytes: number; ownBytes: number };

const bytesPerMiB = 1_048_576;

/** Code, buffers, sockets: what a pod needs beside its heap, whatever its load. */
const besideHeapMiB = 80;
/** Near its limit V8 holds up to a seventh more than the limit says: pages that are being compacted, fragmentation. */
const heapOverhead = 1.15;

/**
 * The heap limit of a pod (`--max-heap-size`), so far below its memory limit that a growing heap ends as 134 and not as 137. Were they
 * equal, every pod would be killed before its garbage collector ever came under pressure. It is the limit of the whole heap: that of the
 * old space alone lets the young one grow by up to 192 MiB beside it.
 */
export function heapLimitMiB(podMemoryMiB: number): number {
  return Math.floor((podMemoryMiB - besideHeapMiB) / heapOverhead);
}

/** As a memory cgroup counts: the program's own pages are not charged to each pod that runs it. */
export function isOverLimit({ ownBytes }: MemoryUse, podMemoryMiB: number): boolean {
  return ownBytes > podMemoryMiB * bytesPerMiB;
}

/**
 * What a live process holds, null where the machine has no /proc or the process is gone. Read synchronously: some 20 us, less
 * than the way through the thread pool would cost.
 */
export function memoryOf(pid: number): MemoryUse | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const rssBytes = field(status, 'VmRSS');
    return rssBytes === null ? null : { rssBytes, ownBytes: (field(status, 'RssAnon') ?? rssBytes) + (field(status, 'RssShmem') ?? 0) };
  } catch {
    return null;
  }
}

function field(status: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status);
  return found === null ? null : Number(found[1]) * 1024;
}

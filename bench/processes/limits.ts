import { readFileSync } from 'node:fs';

/** How many descriptors one process may have open here. */
export function openFilesMax(): number {
  const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  return line === null ? 1024 : Number(line[1]);
}

/** Descriptors that a process needs for itself: modules, logs, pipes, timers. */
const ownFiles = 200;

/** Connections that one process can hold. */
export function connectionsPerProcessMax(): number {
  return Math.max(100, openFilesMax() - ownFiles);
}

/** Processes for so many connections, as many in each. */
export function processesFor(connections: number): number {
  return Math.ceil(connections / connectionsPerProcessMax());
}

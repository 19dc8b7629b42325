import { closeSync, fstatSync, openSync } from 'node:fs';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { masked } from '../../machine/secret-text.ts';

export const logBytesMax = 5 * 1024 * 1024;
/** Cutting to half leaves room, so that a chatty pod is not cut again every second. */
const bytesKeptWhileRunning = logBytesMax / 2;
/** The runtime's last words before it aborts are some 3 KB. */
const outputBytesMax = 16 * 1024;

const cutLine = Buffer.from('[older lines were cut here: a log holds 5 MB at most]\n');

/** Hands a file descriptor to whoever starts the process, and closes ours. `fromByte` is where this process begins to write. */
export function withLog<T>(path: string, use: (fd: number, fromByte: number) => T): T {
  const fd = openSync(path, 'a', 0o600);
  try {
    return use(fd, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

/** The end of what was written since `fromByte`; empty where nothing can be read. */
export async function outputSince(path: string, fromByte: number): Promise<string> {
  try {
    const { size } = await stat(path);
    return (await readRange(path, Math.max(fromByte, size - outputBytesMax), size)).toString('utf8');
  } catch {
    return '';
  }
}

/** Keeps the newest lines of a log that has grown over its limit, while the process goes on writing. */
export async function trimLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytesMax) await keepNewest(path, size, bytesKeptWhileRunning);
}

/** The log as it stays behind: within its limit, and without any of the secrets, whoever wrote them there. */
export async function sealLog(path: string, secrets: readonly string[]): Promise<void> {
  const { size } = await stat(path);
  if (size > logBytesMax) await keepNewest(path, size, logBytesMax);
  const text = await readFile(path, 'utf8');
  const told = masked(text, secrets);
  if (told !== text) await writeFile(path, told);
}

/**
 * The writer's descriptor appends. Writing the kept lines to the front and cutting the rest off keeps the order; what the pod
 * wrote between our read and the cut is lost.
 */
async function keepNewest(path: string, size: number, bytesMax: number): Promise<void> {
  const tail = await readRange(path, size - bytesMax + cutLine.length, size);
  const kept = Buffer.concat([cutLine, tail.subarray(tail.indexOf('\n') + 1)]);
  const file = await open(path, 'r+');
  try {
    await file.write(kept, 0, kept.length, 0);
    await file.truncate(kept.length);
  } finally {
    await file.close();
  }
}

async function readRange(path: string, fromByte: number, toByte: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, toByte - fromByte)), 0, null, fromByte);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

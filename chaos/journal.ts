import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { isDiskFull } from '../machine/disk.ts';
import { spendReserve } from '../machine/reserve.ts';
import { bootId } from '../machine/system-clock.ts';
import { syncFolder } from '../machine/whole-file.ts';
import { claim } from './claim.ts';
import { type JournalEvent, type JournalReading, nextLine, readLines } from './journal-lines.ts';

/** The record of what was broken and put back. Conductor, watchdog and `recover` write to the same one. */
export interface Journal {
  /** Resolves when the line is on the disk, not before. */
  append(event: JournalEvent): Promise<void>;
  read(): Promise<JournalReading>;
}

export const journalName = 'journal.ndjson';

/** Longest wait for another process in the middle of its own line. */
const turnWithinMs = 2000;

/** `clock`: the machine's (`machineClock`), so that the times of several processes are times of one run. */
export function openJournal(folder: string, clock: Clock): Journal {
  let lines = Promise.resolve();
  return {
    append(event) {
      const line = lines.then(() => appendLine(folder, event, clock).catch((error) => appendInReserve(error, folder, event, clock)));
      lines = line.catch(() => {});
      return line;
    },
    read: () => readJournal(folder),
  };
}

export async function readJournal(folder: string): Promise<JournalReading> {
  return readLines(await readText(join(folder, journalName)));
}

/** Without its turn (the other one hangs) the line is written all the same: a broken chain is better than a fault that nobody knows of. */
async function appendLine(folder: string, event: JournalEvent, clock: Clock): Promise<void> {
  const turn = await claim(folder, 'journal', turnWithinMs);
  try {
    const reading = await readJournal(folder);
    const now = { wallMs: clock.wallMs(), nowMs: clock.nowMs(), boot: bootId() };
    await appendSynced(join(folder, journalName), nextLine(reading, event, now));
    if (reading.entries.length === 0) await syncFolder(folder);
  } finally {
    await turn?.release();
  }
}

/** A disk that is full has the reserve left: what was put back must be known. A line torn by the first try is skipped by readers. */
async function appendInReserve(error: unknown, folder: string, event: JournalEvent, clock: Clock): Promise<void> {
  if (!isDiskFull(error)) throw error;
  await spendReserve(folder);
  await appendLine(folder, event, clock);
}

/** One write, so that a crash tears at most the last line; then the disk is asked to have it. */
async function appendSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'a', 0o644);
  try {
    await file.appendFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

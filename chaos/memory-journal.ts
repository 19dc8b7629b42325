import type { Clock } from '../core/clock.ts';
import type { Journal } from './journal.ts';
import { nextLine, readLines } from './journal-lines.ts';

/** The same journal without a disk, for runs on a simulated clock. */
export function createMemoryJournal(clock: Clock): Journal {
  let text = '';
  return {
    async append(event) {
      text += nextLine(readLines(text), event, { wallMs: clock.wallMs(), nowMs: clock.nowMs(), boot: null });
    },
    read: async () => readLines(text),
  };
}

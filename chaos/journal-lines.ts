import { createHash } from 'node:crypto';
import type { FaultKind, Step } from './fault.ts';

/** What happens to the faults of one run, in this order. `undo` of an armed fault is all that `recover` needs beside the secrets. */
export type JournalEvent =
  /** Anything that the report of a killed run needs; times of later entries count from its `startedAt` (ISO 8601). */
  | { event: 'run'; header: { startedAt: string } }
  | ({ event: 'armed'; variant: string; targetKeys: readonly string[]; undo: readonly Step[] } & Deadline & OfFault)
  | ({ event: 'applied'; strike: number; evidence: readonly string[] } & OfFault)
  | ({ event: 'bitten'; evidence: readonly string[] } & OfFault)
  | ({ event: 'undone'; by: string; evidence: readonly string[] } & OfFault)
  | ({ event: 'undoFailed'; by: string; why: string } & OfFault)
  | ({ event: 'conflict'; by: string; why: string } & OfFault)
  | { event: 'closed'; by: string };

type OfFault = { fault: string; kind: FaultKind; target: string };

/** `deadline` (ISO 8601) is for people; `deadlineMs`, on the machine's monotonic clock, is what counts: wall clocks jump. */
type Deadline = { deadline: string; deadlineMs: number };

/** One moment on both clocks of the machine; `boot` names what `nowMs` counts from. */
export type Moment = { wallMs: number; nowMs: number; boot: string | null };

/** Where `atMs` 0 lies on the monotonic clock; with every `run` event. */
type Zero = { zeroMs: number; boot: string | null };

/** `atMs` counts from the `startedAt` of the last `run` event, and never falls after it. */
export type JournalEntry = { seq: number; atMs: number; zero?: Zero } & JournalEvent & { checksum: string };

export type ArmedEntry = Extract<JournalEntry, { event: 'armed' }>;

export type JournalReading = {
  entries: readonly JournalEntry[];
  /** Torn lines and broken links of the chain, in words. */
  problems: readonly string[];
  /** Whether the last line is whole: if not, the next one must begin on a line of its own. */
  endsWhole: boolean;
};

const checksumPart = /,"checksum":"([0-9a-f]{64})"\}$/;

/** The line that continues what has been read. */
export function nextLine({ entries, endsWhole }: JournalReading, event: JournalEvent, now: Moment): string {
  const last = entries.at(-1);
  const atMs = event.event === 'run' ? sinceStampMs(event.header.startedAt, now) : sinceRunMs(entries, now);
  const zero = event.event === 'run' ? { zero: { zeroMs: now.nowMs - atMs, boot: now.boot } } : {};
  const line = writeLine({ seq: (last?.seq ?? 0) + 1, atMs, ...event, ...zero }, last?.checksum ?? '');
  return endsWhole ? line : `\n${line}`;
}

/** The stamp was set a moment ago: no clock has jumped since. */
function sinceStampMs(startedAt: string, { wallMs }: Moment): number {
  return Math.max(0, Math.round(wallMs - Date.parse(startedAt)));
}

/** On the monotonic clock; whoever finishes a run after a reboot has but the wall clock. */
function sinceRunMs(entries: readonly JournalEntry[], now: Moment): number {
  const run = entries.findLast((entry) => entry.event === 'run');
  if (run === undefined) return 0;
  const { zero } = run;
  const sameBoot = zero !== undefined && zero.boot === now.boot;
  const passedMs = sameBoot ? now.nowMs - zero.zeroMs : now.wallMs - Date.parse(run.header.startedAt);
  return Math.max(entries.at(-1)?.atMs ?? 0, Math.round(passedMs));
}

/** One line: `checksum` is SHA-256 (hex) over the previous line's checksum followed by this line's JSON without its own. */
function writeLine(entry: { seq: number; atMs: number; zero?: Zero } & JournalEvent, previous: string): string {
  const content = JSON.stringify(entry);
  return `${content.slice(0, -1)},"checksum":"${chain(previous, content)}"}\n`;
}

/**
 * Reads what there is. A line that a crash tore is skipped and reported; a line that does not follow from the one before is
 * reported by name and kept: putting things back outranks a doubtful record of them.
 */
export function readLines(text: string): JournalReading {
  const entries: JournalEntry[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry === null) {
      problems.push(`line ${index + 1} is torn: "${line.slice(0, 40)}"`);
      continue;
    }
    const previous = entries.at(-1);
    if (!follows(line, entry, previous))
      problems.push(`line ${index + 1} (${entry.event}, seq ${entry.seq}): the chain of checksums is broken here`);
    entries.push(entry);
  }
  return { entries, problems, endsWhole: text === '' || text.endsWith('\n') };
}

/** Armed and neither undone nor in conflict, oldest first. An undo that failed leaves the fault open. */
export function openFaults(entries: readonly JournalEntry[]): readonly ArmedEntry[] {
  const open = new Map<string, ArmedEntry>();
  for (const entry of entries) {
    if (entry.event === 'armed') open.set(entry.fault, entry);
    else if (entry.event === 'undone' || entry.event === 'conflict') open.delete(entry.fault);
  }
  return [...open.values()];
}

function follows(line: string, entry: JournalEntry, previous: JournalEntry | undefined): boolean {
  const content = line.replace(checksumPart, '}');
  return entry.seq === (previous?.seq ?? 0) + 1 && entry.checksum === chain(previous?.checksum ?? '', content);
}

function chain(previous: string, content: string): string {
  return createHash('sha256').update(previous).update(content).digest('hex');
}

function parseEntry(line: string): JournalEntry | null {
  if (!checksumPart.test(line)) return null;
  try {
    const entry: JournalEntry = JSON.parse(line);
    return Number.isInteger(entry.seq) && events.includes(entry.event) ? entry : null;
  } catch {
    return null;
  }
}

const events: readonly string[] = [
  'run',
  'armed',
  'applied',
  'bitten',
  'undone',
  'undoFailed',
  'conflict',
  'closed',
] satisfies JournalEvent['event'][];

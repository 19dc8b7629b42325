import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { Clock } from '../core/clock.ts';
import { systemClock } from '../machine/system-clock.ts';
import { type Journal, journalName, openJournal } from './journal.ts';
import { type JournalEvent, openFaults } from './journal-lines.ts';
import { createMemoryJournal } from './memory-journal.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'launchstorm-journal-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const of = (fault: string) => ({ fault, kind: 'pod-kill' as const, target: 'pod-1' });
const armed = (fault: string): JournalEvent => ({
  event: 'armed',
  ...of(fault),
  variant: 'crash',
  targetKeys: ['pod pod-1'],
  deadline: '2026-11-24T00:00:10.000Z',
  deadlineMs: 10_000,
  undo: [{ do: 'await-replacements', pods: ['pod-1'], withinMs: 1000, owned: true }],
});
const undone = (fault: string): JournalEvent => ({ event: 'undone', ...of(fault), by: 'conductor', evidence: [] });
const run: JournalEvent = { event: 'run', header: { startedAt: '2026-11-24T00:00:00.000Z' } };

describe.each([
  ['on disk', (clock: Clock): Journal => openJournal(newFolder(), clock)],
  ['in memory', (clock: Clock): Journal => createMemoryJournal(clock)],
])('a journal %s', (_name, create) => {
  const clock: Clock = { ...systemClock, nowMs: () => 77, wallMs: () => Date.parse('2026-11-24T00:00:01.500Z') };

  test('numbers its lines and counts time from the start of the run', async () => {
    const journal = create(clock);
    for (const event of [run, armed('a'), undone('a')]) await journal.append(event);
    const { entries, problems } = await journal.read();
    expect(entries.map(({ seq, atMs, event }) => [seq, atMs, event])).toEqual([
      [1, 1500, 'run'],
      [2, 1500, 'armed'],
      [3, 1500, 'undone'],
    ]);
    expect(problems).toEqual([]);
  });

  test('keeps its times and their order while the wall clock jumps forth and back by an hour', async () => {
    const hourMs = 3_600_000;
    const startedMs = Date.parse('2026-11-24T00:00:00.000Z');
    let now = { nowMs: 1_000_000, wallMs: startedMs };
    const journal = create({ ...systemClock, nowMs: () => now.nowMs, wallMs: () => now.wallMs });
    for (const [passedMs, jumpedMs, event] of [
      [0, 0, run],
      [2000, hourMs, armed('a')],
      [5000, -hourMs, undone('a')],
      [9000, 0, { event: 'closed', by: 'conductor' }],
    ] as const) {
      now = { nowMs: 1_000_000 + passedMs, wallMs: startedMs + passedMs + jumpedMs };
      await journal.append(event);
    }
    expect((await journal.read()).entries.map(({ atMs }) => atMs)).toEqual([0, 2000, 5000, 9000]);
  });

  test('gives back an event as it was written', async () => {
    const journal = create(clock);
    await journal.append(armed('a'));
    expect((await journal.read()).entries[0]).toMatchObject(armed('a'));
  });

  test('is empty before the first line', async () => {
    expect(await create(clock).read()).toEqual({ entries: [], problems: [], endsWhole: true });
  });
});

test('a fault is open from armed to undone or conflict; an undo that failed leaves it open', async () => {
  const journal = createMemoryJournal(systemClock);
  const openNow = async () => openFaults((await journal.read()).entries).map((fault) => fault.fault);
  for (const event of [armed('a'), armed('b'), armed('c'), undone('b')]) await journal.append(event);
  await journal.append({ event: 'undoFailed', ...of('a'), by: 'x', why: 'y' });
  expect(await openNow()).toEqual(['a', 'c']);
  await journal.append({ event: 'conflict', ...of('c'), by: 'x', why: 'y' });
  expect(await openNow()).toEqual(['a']);
});

test('a line torn by a crash is reported, and the next one begins on a line of its own and continues the chain', async () => {
  const folder = newFolder();
  const journal = openJournal(folder, systemClock);
  await journal.append(armed('a'));
  await appendFile(join(folder, journalName), '{"seq":2,"atMs":5,"event":"und');
  expect((await journal.read()).problems).toEqual(['line 2 is torn: "{"seq":2,"atMs":5,"event":"und"']);
  await journal.append(undone('a'));
  const { entries, problems } = await journal.read();
  expect(entries.map((entry) => entry.event)).toEqual(['armed', 'undone']);
  expect(problems).toHaveLength(1);
});

test('a line that lost only its end of line is whole', async () => {
  const folder = newFolder();
  const journal = openJournal(folder, systemClock);
  await journal.append(armed('a'));
  const path = join(folder, journalName);
  await writeFile(path, (await readFile(path, 'utf8')).trimEnd());
  await journal.append(undone('a'));
  const { entries, problems } = await journal.read();
  expect(entries).toHaveLength(2);
  expect(problems).toEqual([]);
});

test.each([
  [
    'changed',
    (lines: string[]) => [lines[0], lines[1]?.replace('pod-1', 'pod-9'), lines[2]],
    'line 2 (armed, seq 2): the chain of checksums is broken here',
  ],
  ['taken out', (lines: string[]) => [lines[0], lines[2]], 'line 2 (undone, seq 3): the chain of checksums is broken here'],
])('a line that was %s afterwards is named, and what can be read is kept', async (_what, tamper, problem) => {
  const folder = newFolder();
  const journal = openJournal(folder, systemClock);
  for (const event of [run, armed('a'), undone('a')]) await journal.append(event);
  const path = join(folder, journalName);
  await writeFile(path, `${tamper((await readFile(path, 'utf8')).trimEnd().split('\n')).join('\n')}\n`);
  const { entries, problems } = await journal.read();
  expect(problems[0]).toBe(problem);
  expect(entries.at(-1)?.event).toBe('undone');
});

test('two processes write to the same journal without breaking its chain', async () => {
  const folder = newFolder();
  const here = new URL('.', import.meta.url).href;
  const program = `
    import { openJournal } from '${here}journal.ts';
    import { systemClock } from '${here}../machine/system-clock.ts';
    const journal = openJournal(process.argv[1], systemClock);
    for (let n = 0; n < 15; n++) await journal.append({ event: 'closed', by: 'child' });`;
  const journal = openJournal(folder, systemClock);
  const child = promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program, folder]);
  const other = Promise.all(Array.from({ length: 15 }, () => journal.append({ event: 'closed', by: 'here' })));
  await Promise.all([child, other]);
  const { entries, problems } = await journal.read();
  expect(problems).toEqual([]);
  expect(entries).toHaveLength(30);
});

test('an append resolves only after the disk was asked to have it', async () => {
  const folder = newFolder();
  const { open } = await import('node:fs/promises');
  const handle = await open(join(folder, 'probe'), 'w');
  const prototype = Object.getPrototypeOf(handle) as { sync(): Promise<void> };
  await handle.close();
  const real = prototype.sync;
  const sizes: number[] = [];
  prototype.sync = async function (this: { stat(): Promise<{ size: number }> }) {
    sizes.push((await this.stat()).size);
    return real.call(this);
  };
  try {
    await openJournal(folder, systemClock).append(armed('a'));
    const written = (await readFile(join(folder, journalName))).length;
    expect(sizes[0]).toBe(written);
    // The folder too, since the file is new in it.
    expect(sizes).toHaveLength(2);
  } finally {
    prototype.sync = real;
  }
});

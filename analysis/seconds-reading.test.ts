import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendSeconds, readSeconds } from '../rehearsal/seconds-file.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import { recordedRun } from './fixtures/runner-folder.ts';
import { readSecondsText } from './seconds-reading.ts';

test('reads what runs of this tool write, to the last figure', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-seconds-'));
  const path = join(folder, 'seconds.ndjson');
  const { record } = await recordedRun();
  await appendSeconds(path, record.slices);
  const { slices, missing, problems } = readSecondsText(await readFile(path, 'utf8'), 'file');
  expect([missing, problems]).toEqual([[], []]);
  expect(slices).toEqual(await readSeconds(path));
  expect(slices.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(record.slices.map(({ fromMs, toMs }) => [fromMs, toMs]));
  await rm(folder, { recursive: true });
});

describe('seconds that another program wrote', () => {
  test('may leave out what is zero, be in any order, end lines as Windows does, and say more than is asked', () => {
    const text = [...second(1000), ...second(0)]
      .map((line) => ({ ...line, engine: 'k6', tags: { zone: 'a' } }))
      .map((line) => JSON.stringify(line));
    const { slices, missing, problems } = readSecondsText(`${text.join('\r\n')}\r\n`, 'file');
    expect([missing, problems]).toEqual([[], []]);
    expect(slices.map(({ fromMs, players }) => [fromMs, players])).toEqual([
      [0, 0],
      [1000, 0],
    ]);
    expect(slices[0]?.operations.search).toMatchObject({
      planned: 2,
      outcomes: { ok: 1, unreachable: 1, abandoned: 0 },
      refusals: { '5xx': 0 },
    });
    expect(quantile(slices[0]?.operations.search.latencyUs as never, 0.5)).toBe(1500);
  });

  test('must account for every action', () => {
    expect(problemsIn(change('search', { planned: 3 }))).toEqual([expect.stringContaining('search: planned 3, but 2 accounted for')]);
    expect(problemsIn(change('search', { serviceUs: undefined }))).toEqual([expect.stringContaining('search: service times 0, but 1')]);
    expect(problemsIn(change('chain', { useful: 1, completed: 1 }))).toEqual([expect.stringContaining('chain: latencies 0, but 1')]);
  });

  test('must number its buckets as everybody does: min and max show whether it does', () => {
    const latencyUs = { count: 1, min: 1500, max: 1500, buckets: [350, 1] };
    expect(problemsIn(change('search', { latencyUs }))).toEqual(['file:1 latencyUs min 1500 lies in bucket 349, but the first one is 350']);
  });

  test.each([
    [{ count: 2, min: 1500, max: 1500, buckets: [349, 1] }, 'counted 2 values holds 1'],
    [{ count: 1, min: 1500, max: 1500, buckets: [349] }, 'no pairs'],
    [{ count: 2, min: 90, max: 90, buckets: [90, 1, 90, 1] }, 'do not ascend'],
    [{ count: 1, min: 90, max: 91, buckets: [90, 1, 91, 0] }, 'empty ones are not written'],
    [{ count: 1, min: 92, max: 90, buckets: [90, 1] }, 'min 92 is above max 90'],
    [{ count: 1, min: 0, max: 0, buckets: [5000, 1] }, 'No bucket 5000'],
    [{ count: 1, min: -1, max: 1, buckets: [1, 1] }, '>=0'],
    [{ count: 0.5, buckets: [] }, 'expected int'],
  ])('is refused for the histogram %j', (latencyUs, why) => {
    expect(problemsIn(change('search', { latencyUs })).join()).toContain(why);
  });

  test('is refused for an operation that nobody knows, a second that ends before it begins, and no counts at all', () => {
    expect(problemsIn(change('search', { operation: 'loot' })).join()).toContain('operation');
    expect(problemsIn(change('search', { toMs: 0 })).join()).toContain('ends before it begins');
    expect(problemsIn('null').join()).toContain('expected object');
  });
});

describe('two runners in one file', () => {
  test('are seen by seconds that are there twice', () => {
    expect(problemsIn([...second(0), ...second(0)])[0]).toBe('file:5 search from 0 ms on is there twice');
  });

  test('are seen by seconds that overlap', () => {
    expect(problemsIn([...second(0), ...second(400)])).toEqual([
      'file the second from 400 ms on begins before the one before it has ended',
    ]);
  });
});

test('what was lost is told, and only whole seconds count', () => {
  const whole = lines([...second(0), ...second(1000), ...second(3000), ...second(4000).slice(0, 2)]);
  const { slices, missing } = readSecondsText(`${whole}\n{"fromMs":4000,"toMs":50`, 'file');
  expect(slices.map(({ fromMs }) => fromMs)).toEqual([0, 1000, 3000]);
  expect(missing).toEqual([
    'line 15 is torn',
    'the second from 4000 ms on has no line for biome, chain',
    'there is nothing from 2000 to 3000 ms',
  ]);
});

test('a writer that is wrong in every line is told the first few and how many more', () => {
  const wrong = Array.from({ length: 40 }, (_unused, nth) => ({ ...second(nth * 1000)[0], planned: -1 }));
  expect(problemsIn(wrong)).toHaveLength(6);
  expect(problemsIn(wrong).at(-1)).toBe('file and 35 more like these');
});

/** A second in the fewest words: two searches, of which one found nobody to talk to. */
function second(fromMs: number): readonly { [member: string]: unknown }[] {
  const one = { count: 1, min: 1500, max: 1500, buckets: [349, 1] };
  return [
    { fromMs, toMs: fromMs + 1000, operation: 'search', planned: 2, ok: 1, unreachable: 1, latencyUs: one, serviceUs: one },
    ...['spawns', 'biome', 'chain'].map((operation) => ({
      fromMs,
      toMs: fromMs + 1000,
      operation,
      planned: operation === 'chain' ? 1 : 0,
    })),
  ];
}

function change(operation: string, members: { [member: string]: unknown }): readonly { [member: string]: unknown }[] {
  return second(0).map((line) => (line['operation'] === operation ? { ...line, ...members } : line));
}

function lines(objects: readonly object[]): string {
  return objects.map((line) => JSON.stringify(line)).join('\n');
}

function problemsIn(written: readonly object[] | string): readonly string[] {
  const text = typeof written === 'string' ? written : lines(written);
  return readSecondsText(text, 'file').problems.map(({ place, problem }) => `${place} ${problem}`);
}

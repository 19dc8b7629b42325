import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskCache } from './disk-cache.ts';

let folder = '';
const opened: DiskCache[] = [];
const file = (): string => join(folder, 'treasures.log');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-cache-'));
});
afterEach(async () => {
  for (const cache of opened.splice(0)) await cache.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});

async function open(changes: Partial<Parameters<typeof DiskCache.open>[0]> = {}): Promise<DiskCache> {
  const cache = await DiskCache.open({ folder, bytesMax: 1_000_000, ttlMs: 60_000, nowMs: () => 1_000, ...changes });
  opened.push(cache);
  return cache;
}

describe('the disk cache', () => {
  test('gives back what was put, the last under each key, also after it was opened again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'ü:1'), fc.string({ unit: 'grapheme' })), { maxLength: 20 }),
        async (puts) => {
          rmSync(file(), { force: true });
          const cache = await open();
          for (const [key, value] of puts) await cache.put(key, value);
          const expected = Object.fromEntries(puts);
          const again = await open();
          for (const key of ['a', 'b', 'ü:1']) {
            expect(await cache.get(key)).toBe(expected[key] ?? null);
            expect(await again.get(key)).toBe(expected[key] ?? null);
          }
          await cache.close();
          await again.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  test('forgets what is too old, on the clock of the wall', async () => {
    const cache = await open();
    await cache.put('a', 'v');
    await cache.close();
    expect(await (await open({ nowMs: () => 60_999 })).get('a')).toBe('v');
    const late = await open({ nowMs: () => 61_000 });
    expect([await late.get('a'), late.figures.entries]).toEqual([null, 0]);
  });

  test('a compaction keeps the newest that fit into half of the file and evicts the others, alive as they are', async () => {
    const cache = await open({ bytesMax: 10_000 });
    const value = 'x'.repeat(400);
    let written = 0;
    while (cache.figures.compactions === 0) {
      await cache.put(`k-${written}`, value);
      written += 1;
    }
    expect(cache.figures.evicted).toBeGreaterThan(5);
    expect(statSync(file()).size).toBe(cache.figures.fileBytes);
    expect(cache.figures.fileBytes).toBeLessThan(6_000);
    expect(await cache.get('k-0')).toBeNull();
    expect(await cache.get(`k-${written - 1}`)).toBe(value);
    expect(existsSync(`${file()}.compacting`)).toBe(false);
    await cache.close();
    expect((await open({ bytesMax: 10_000 })).figures.entries).toBe(cache.figures.entries);
  });

  test('the hit rate falls at each compaction, and rises again', async () => {
    const cache = await open({ bytesMax: 40_000 });
    const rates: { rate: number; compactions: number }[] = [];
    for (let round = 0; round < 60; round += 1) {
      let hits = 0;
      for (let n = 0; n < 50; n += 1) {
        const key = `k-${(round * 7 + n * 13) % 120}`;
        if ((await cache.get(key)) === null) await cache.put(key, 'x'.repeat(400));
        else hits += 1;
      }
      rates.push({ rate: hits / 50, compactions: cache.figures.compactions });
    }
    const falls = rates.slice(2).filter(({ rate, compactions }, at) => compactions > (rates[at + 1]?.compactions ?? 0) && rate < 1);
    expect(cache.figures.compactions).toBeGreaterThan(1);
    expect(falls.length).toBeGreaterThan(0);
    await cache.close();
  });

  test('reads go on while it compacts', async () => {
    const cache = await open({ bytesMax: 20_000 });
    for (let n = 0; n < 35; n += 1) await cache.put(`k-${n}`, 'x'.repeat(500));
    const puts = Array.from({ length: 20 }, (_, n) => cache.put(`l-${n}`, 'y'.repeat(500)));
    const reads = await Promise.all(Array.from({ length: 50 }, () => cache.get('k-34')));
    await Promise.all(puts);
    expect(new Set(reads)).toEqual(new Set(['x'.repeat(500)]));
    expect(cache.figures.compactions).toBeGreaterThan(0);
    await cache.close();
  });
});

describe('after a death', () => {
  test('a torn tail is cut off, wherever it was torn, and what comes after is found', async () => {
    const cache = await open();
    await cache.put('a', 'first');
    const safeBytes = cache.figures.fileBytes;
    await cache.put('b', 'second');
    await cache.close();
    const whole = readFileSync(file());
    for (let bytes = safeBytes; bytes < whole.length; bytes += 1) {
      writeFileSync(file(), whole.subarray(0, bytes));
      const reopened = await open();
      expect([await reopened.get('a'), await reopened.get('b')]).toEqual(['first', null]);
      await reopened.put('c', 'third');
      expect(await reopened.get('c')).toBe('third');
      await reopened.close();
      expect(await (await open()).get('c')).toBe('third');
    }
  });

  test('rotten bytes end the file where they are, rubbish at its end is no entry', async () => {
    const cache = await open();
    await cache.put('a', 'first');
    await cache.close();
    appendFileSync(file(), Buffer.alloc(500, 0xff));
    expect((await open()).figures.entries).toBe(1);
    const bytes = readFileSync(file());
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    writeFileSync(file(), bytes);
    const reopened = await open();
    expect([reopened.figures.entries, statSync(file()).size]).toEqual([0, 0]);
  });

  test('a compaction that was cut short has changed nothing', async () => {
    const cache = await open();
    await cache.put('a', 'first');
    writeFileSync(`${file()}.compacting`, 'half');
    expect(await (await open()).get('a')).toBe('first');
    expect(existsSync(`${file()}.compacting`)).toBe(false);
  });

  test('a value that was damaged under its reader is a miss', async () => {
    const cache = await open();
    await cache.put('a', 'first');
    truncateSync(file(), 5);
    expect(await cache.get('a')).toBeNull();
  });

  // Appending only, and compacting all the time: what was acknowledged last must be there in both.
  test.each([
    ['while it appends', 50_000_000],
    ['while it compacts', 65_536],
  ])('SIGKILL loses no acknowledged entry, %s', { timeout: 60_000 }, async (_when, bytesMax) => {
    for (let kill = 0; kill < 8; kill += 1) {
      rmSync(file(), { force: true });
      const acknowledged = await killedWriter(bytesMax, kill * 23);
      const cache = await open({ bytesMax, nowMs: Date.now });
      // The newest entries fit several times over into what a compaction keeps.
      const from = bytesMax > 1_000_000 ? 0 : Math.max(0, acknowledged - 5);
      for (let n = from; n <= acknowledged; n += 1) {
        for (const part of [0, 1, 2]) expect(await cache.get(`k-${n}-${part}`)).toMatch(new RegExp(`^value ${n} `));
      }
      await cache.close();
    }
  });

  async function killedWriter(bytesMax: number, afterMs: number): Promise<number> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/writer.ts'), folder, String(bytesMax)]);
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    while (!said.includes('\n')) await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
  }
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logBytesMax, outputSince, sealLog, trimLog, withLog } from './pod-log.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-log-'));
  path = join(folder, 'pod-1.log');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const numberedLines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n} ${'x'.repeat(90)}\n`).join('');

describe('pod log', () => {
  test('a log over its limit keeps its newest lines whole, and says that older ones were cut', async () => {
    const written = numberedLines(60_000);
    await writeFile(path, written);
    await trimLog(path);
    const kept = await readFile(path, 'utf8');
    expect(kept.length).toBeLessThanOrEqual(logBytesMax / 2);
    const [first, ...rest] = kept.split('\n');
    expect(first).toMatch(/older lines were cut/);
    expect(rest[0]).toMatch(/^line \d+ x{90}$/);
    expect(written.endsWith(rest.join('\n'))).toBe(true);
  });

  test('a log within its limit is left alone', async () => {
    await writeFile(path, 'short\n');
    await trimLog(path);
    expect(await readFile(path, 'utf8')).toBe('short\n');
  });

  test('a process goes on appending after the cut', async () => {
    await writeFile(path, numberedLines(60_000));
    const child = withLog(path, (fd) =>
      spawn(process.execPath, ['-e', 'process.stdin.once("data", () => console.log("the end"))'], { stdio: ['pipe', fd, fd] }),
    );
    const exited = once(child, 'exit');
    await trimLog(path);
    child.stdin?.end('go\n');
    await exited;
    const kept = await readFile(path, 'utf8');
    expect(kept.endsWith(`x\nthe end\n`)).toBe(true);
    expect(kept.length).toBeLessThanOrEqual(logBytesMax / 2 + 10);
  });

  test('what stays behind is within the limit and holds no secret', async () => {
    await writeFile(path, numberedLines(60_000));
    await appendFile(path, 'login with hunter2 failed: hunter2\n');
    await sealLog(path, ['hunter2', '']);
    expect((await stat(path)).size).toBeLessThanOrEqual(logBytesMax);
    expect((await readFile(path, 'utf8')).endsWith('login with *** failed: ***\n')).toBe(true);
  });

  test('only what a process itself wrote counts as its last words', async () => {
    await writeFile(path, 'of the process before\n');
    const fromByte = withLog(path, (_, size) => size);
    await appendFile(path, 'of this one\n');
    expect(await outputSince(path, fromByte)).toBe('of this one\n');
    expect(await outputSince(join(folder, 'none.log'), 0)).toBe('');
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAccessLog } from './access-log.ts';

test('a line is in the file as soon as it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'access-log-'));
  const log = openAccessLog(join(folder, 'log'), () => {});
  log.write('r-1', 'search', 200);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(/^\d{13} r-1 search 200\n$/);
  log.close();
  rmSync(folder, { recursive: true });
});

test('a file that cannot be written is told once and stops nothing', () => {
  const failures: unknown[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'access-log-'));
  const log = openAccessLog(join(folder, 'log'), (error) => failures.push(error));
  log.close();
  log.write('r-1', 'search', 200);
  log.write('r-2', 'search', 200);
  expect(failures).toEqual([expect.objectContaining({ code: 'EBADF' })]);
  rmSync(folder, { recursive: true });
});

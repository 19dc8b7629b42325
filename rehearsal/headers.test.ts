import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHeaders } from './headers.ts';

const folder = mkdtempSync(join(tmpdir(), 'launchstorm-headers-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('headers are name and value, and the value is never repeated', async () => {
  expect(await readHeaders(['Authorization: Bearer abc', 'x-a:1'])).toMatchObject({
    ok: true,
    value: { headers: { authorization: 'Bearer abc', 'x-a': '1' } },
  });
  const refused = await readHeaders(['geheim', 'bad name: geheim', 'x: geheim\nb', 'transfer-encoding: geheim', 'y: 1', 'Y: geheim']);
  expect(refused).toMatchObject({ ok: false, problems: Array.from({ length: 5 }, () => ({ remedy: expect.any(String) })) });
  expect(JSON.stringify(refused)).not.toContain('geheim');
});

test('a file holds one header a line, with comments; a flag wins over it', async () => {
  const path = file('# staging\n\nAuthorization: Bearer from-file\r\nx-tenant: qa\n', 0o600);
  expect(await readHeaders(['x-tenant: dev'], path)).toEqual({
    ok: true,
    value: { headers: { authorization: 'Bearer from-file', 'x-tenant': 'dev' }, notes: [] },
  });
});

test('what is wrong in a file is named by its line, without what the line says', async () => {
  const path = file('# fine\nAuthorization Bearer geheim\nx-a: 1\nx-a: geheim\n', 0o600);
  const refused = await readHeaders([], path);
  expect(refused).toMatchObject({ ok: false, problems: [{ place: `${path}:2` }, { place: `${path}:4 x-a`, problem: 'is there twice' }] });
  expect(JSON.stringify(refused)).not.toContain('geheim');
});

test.each([
  [0o640, true],
  [0o604, true],
  [0o600, false],
  [0o400, false],
])('a file of mode %o that others can read: said so is %s', async (mode, isSaid) => {
  const read = await readHeaders([], file('x-a: geheim\n', mode));
  expect(read.ok && read.value.notes.length > 0).toBe(isSaid);
  expect(read.ok && JSON.stringify(read.value.notes)).not.toContain('geheim');
});

test.each([
  ['no such file', 'missing.headers'],
  ['a folder', '.'],
])('%s is a problem with place and remedy', async (_name, path) => {
  expect(await readHeaders([], join(folder, path))).toMatchObject({
    ok: false,
    problems: [{ place: expect.stringContaining('--headers-file') }],
  });
});

test('a file beyond 64 KiB is no list of headers', async () => {
  expect(await readHeaders([], file(`x-a: ${'a'.repeat(70_000)}`, 0o600))).toMatchObject({ ok: false });
});

let files = 0;

function file(content: string, mode: number): string {
  files += 1;
  const path = join(folder, `${files}.headers`);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecrets, readSecrets, secretsName } from './secrets.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launchstorm-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const some = { values: { a: '1' }, logins: { cache: { username: 'u', password: 'p' } } };

test('what was saved is read by another process, and only by its user', async () => {
  const secrets = createSecrets(folder);
  secrets.add(some);
  secrets.add({ values: { b: '2' }, logins: {} });
  await secrets.save();
  const read = await readSecrets(folder);
  expect([read.value('a'), read.value('b'), read.value('c')]).toEqual(['1', '2', null]);
  expect(read.login('cache')).toEqual({ username: 'u', password: 'p' });
  expect((await stat(join(folder, secretsName))).mode & 0o777).toBe(0o600);
});

test('nothing is on the disk before it is saved, or after it is removed, not even a half-written file', async () => {
  const secrets = createSecrets(folder);
  secrets.add(some);
  expect(await readdir(folder)).toEqual([]);
  await Promise.all([secrets.save(), secrets.save()]);
  await writeFile(join(folder, `${secretsName}.123.tmp`), 'half');
  await secrets.remove();
  expect(await readdir(folder)).toEqual([]);
  expect(secrets.value('a')).toBeNull();
});

test('a file that holds no secrets at all is an error, not an empty one', async () => {
  await writeFile(join(folder, secretsName), '{"values"');
  await expect(readSecrets(folder)).rejects.toThrow();
  expect(await readFile(join(folder, secretsName), 'utf8')).toBe('{"values"');
});

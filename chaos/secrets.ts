import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../machine/whole-file.ts';
import type { Login, Secrets } from './fault.ts';

/** What an undo needs and the journal must not hold: passwords and lines with their hashes. */
export interface SecretStore {
  value(name: string): string | null;
  login(name: string): Login | null;
  /** All that could let somebody in. */
  passwords(): readonly string[];
  /** Remembers them; nothing is on the disk before `save`. */
  add(secrets: Secrets): void;
  /** Resolves when all of them are on the disk. */
  save(): Promise<void>;
  /** Forgets them, here and on the disk. */
  remove(): Promise<void>;
}

export const secretsName = 'undo.secrets';

/** `undo.secrets` in the run's folder: mode 0600, written whole, there exactly as long as something may have to be put back. */
export function createSecrets(folder: string): SecretStore {
  return secretStore(
    (text) => writeWhole(join(folder, secretsName), text, 0o600),
    () => removeFiles(folder),
  );
}

/** Nothing on any disk: for runs on a simulated clock. */
export function createMemorySecrets(): SecretStore {
  return secretStore(
    async () => {},
    async () => {},
  );
}

/** What a run that is gone has left behind; empty where there is none. */
export async function readSecrets(folder: string): Promise<SecretStore> {
  const store = createSecrets(folder);
  const text = await readFile(join(folder, secretsName), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) store.add(JSON.parse(text));
  return store;
}

function secretStore(write: (text: string) => Promise<void>, removeAll: () => Promise<void>): SecretStore {
  let kept: Secrets = { values: {}, logins: {} };
  let written = Promise.resolve();
  return {
    value: (name) => kept.values[name] ?? null,
    login: (name) => kept.logins[name] ?? null,
    passwords: () => [...Object.values(kept.values), ...Object.values(kept.logins).map(({ password }) => password)],
    add({ values, logins }) {
      kept = { values: { ...kept.values, ...values }, logins: { ...kept.logins, ...logins } };
    },
    save() {
      // One after the other: two faults may be armed at the same time.
      written = written.catch(() => {}).then(() => write(JSON.stringify(kept)));
      return written;
    },
    async remove() {
      kept = { values: {}, logins: {} };
      await removeAll();
    },
  };
}

/** Also the half-written one of a process that was killed in the middle of `save`. */
async function removeFiles(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  await Promise.all(files.filter((file) => file.startsWith(secretsName)).map((file) => rm(join(folder, file), { force: true })));
}

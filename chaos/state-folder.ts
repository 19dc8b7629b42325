import { access, constants, lstat, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDiskFull } from '../machine/disk.ts';

/** Where this machine remembers its runs; `note` says so where that is not the usual place. */
export type StateFolder = { path: string; note: string | null };

/** In `$XDG_STATE_HOME`, else `~/.local/state`; where that cannot be written, a folder of the user's own in the temp directory. */
export async function stateFolder(): Promise<StateFolder> {
  const base = process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  const usual = join(base, 'launchstorm');
  if (await isWritable(usual)) return { path: usual, note: null };
  const path = join(tmpdir(), `launchstorm-${process.getuid?.() ?? 'user'}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  await assertOurs(path);
  return { path, note: `${usual} cannot be written: runs are registered in ${path}, which does not survive a reboot` };
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    // A full disk is no reason to look elsewhere: others would not find there what is open. Writing will say what is wrong.
    return isDiskFull(error);
  }
}

/** The temp directory is everybody's: a folder or link that somebody else put there under our name is not used. */
async function assertOurs(path: string): Promise<void> {
  const found = await lstat(path);
  const ours = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0);
  if (!found.isDirectory() || !ours) throw new Error(`${path} belongs to somebody else; set XDG_STATE_HOME to a folder of your own`);
}

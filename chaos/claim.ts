import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskTrouble } from '../machine/disk.ts';
import { isAlive, thisProcess } from '../machine/process-table.ts';

/** Held by one process at a time, and freed by its death. */
export type Claim = { release(): Promise<void> };

const suffix = '.claim';

/**
 * Claims `name` in that folder, waiting at most `waitMs`; null where somebody alive held it all that time.
 *
 * A claim is an empty file named after its holder's pid and start time, created with O_EXCL. Announce first, then look: whoever sees
 * another live holder withdraws and tries again. Two processes cannot both see nobody, and the file of a dead one says so by its
 * name alone, so that clearing it away races with nothing (a single lock file, taken over when stale, would).
 */
export async function claim(folder: string, name: string, waitMs: number): Promise<Claim | null> {
  const own = holderFile(name);
  const path = join(folder, own);
  const giveUpAtMs = performance.now() + waitMs;
  for (;;) {
    const created = await create(path);
    // Where nobody can write any more there are no turns: putting back outranks their order.
    if (created === 'impossible') return { release: async () => {} };
    if (created === 'yes') {
      if (!(await othersHold(folder, name, own))) return { release: () => rm(path, { force: true }) };
      await rm(path, { force: true });
    }
    if (performance.now() >= giveUpAtMs) return null;
    await pause();
  }
}

function holderFile(name: string): string {
  const { pid, startTicks } = thisProcess();
  return `.${name}.${pid}-${startTicks}${suffix}`;
}

/** `no`: this very process holds it already, on another path of its own. `impossible`: the disk is full or broken. */
async function create(path: string): Promise<'yes' | 'no' | 'impossible'> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return 'yes';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'no';
    if (isDiskTrouble(error)) return 'impossible';
    throw error;
  }
}

async function othersHold(folder: string, name: string, own: string): Promise<boolean> {
  const others = (await readdir(folder)).filter((file) => file.startsWith(`.${name}.`) && file.endsWith(suffix) && file !== own);
  const held = await Promise.all(others.map((file) => isHeld(folder, file)));
  return held.includes(true);
}

async function isHeld(folder: string, file: string): Promise<boolean> {
  const holder = /\.(\d+)-(\d+)\.claim$/.exec(file);
  if (holder !== null && isAlive({ pid: Number(holder[1]), startTicks: Number(holder[2]) })) return true;
  await rm(join(folder, file), { force: true });
  return false;
}

/** Processes that met wait for different times, so that they do not meet again. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 3 + (process.pid % 11));
  });
}

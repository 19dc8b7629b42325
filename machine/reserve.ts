import { randomFillSync } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Room that a run keeps for its last words: whatever fills the disk meanwhile, what was put back can be written down, and a report
 * at its largest (5 MB) fits in. Given away when the disk is full, and at the end.
 */
const reserveName = '.reserve';
const reserveBytes = 8 * 1024 * 1024;

/** Rejects where there is no such room. */
export async function keepReserve(folder: string): Promise<void> {
  const path = join(folder, reserveName);
  const file = await open(path, 'w', 0o600);
  try {
    // Nothing that a file system could compress or leave out.
    await file.writeFile(randomFillSync(new Uint8Array(reserveBytes)));
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Gives the room away; safe where there is none. */
export async function spendReserve(folder: string): Promise<void> {
  await rm(join(folder, reserveName), { force: true });
}

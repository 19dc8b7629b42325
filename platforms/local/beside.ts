import { join } from 'node:path';
import { systemClock } from '../../machine/system-clock.ts';
import type { Environment } from '../platform.ts';
import { createReadyBoard } from '../ready-board.ts';
import { type Box, type BoxRules, emptyBox, emptyOut, fillBox } from './box.ts';
import { privateFolder } from './pod-environment.ts';

/** One pod is enough to be looked at. */
const podsBeside = 1;

/**
 * The other environment whose metrics people take for those of this one: it runs beside, and no player ever comes to it. It is a box of its
 * own with its own Redis. Its folder lies in the private one of the run, so that whoever clears up after a killed run clears it too.
 */
export async function openBeside(name: string, { environment, rules }: Box, progress: (line: string) => void): Promise<Box> {
  const folder = join(privateFolder(environment), `beside-${name}`);
  const other: Environment = { ...environment, name, pods: podsBeside, service: {}, podMemoryMiB: null, folder, redisUrl: null };
  const quiet: BoxRules = { ...rules, accessLog: false };
  const box = emptyBox(other, quiet, createReadyBoard(systemClock));
  try {
    await fillBox(box, (line) => progress(`beside it, ${line}`));
  } catch (error) {
    await emptyOut(box);
    throw error;
  }
  return box;
}

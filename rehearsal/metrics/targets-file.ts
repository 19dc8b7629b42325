import { join } from 'node:path';
import { writeWhole } from '../../machine/whole-file.ts';
import type { TargetGroup } from './targets.ts';

export const targetsName = 'prometheus-targets.json';

/** `prometheus-targets.json` in the run's folder: whole at every moment, written anew when something moved. */
export interface TargetsFile {
  show(groups: readonly TargetGroup[]): void;
  /** Nothing is to be scraped any more; resolves when that is on the disk. */
  close(): Promise<void>;
}

/** `say` hears once that it cannot be written: that is no reason to end a run. */
export function openTargetsFile(folder: string, say: (line: string) => void): TargetsFile {
  const path = join(folder, targetsName);
  let shown = '';
  let hasFailed = false;
  let written = Promise.resolve();
  const show = (groups: readonly TargetGroup[]) => {
    const text = `${JSON.stringify(groups, null, 2)}\n`;
    if (text === shown) return;
    shown = text;
    written = written
      .then(() => writeWhole(path, text))
      .catch((error: Error) => {
        if (!hasFailed) say(`${path} cannot be written: ${error.message}`);
        hasFailed = true;
      });
  };
  return {
    show,
    close() {
      show([]);
      return written;
    },
  };
}

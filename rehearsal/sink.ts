import { join } from 'node:path';
import { naming } from '../machine/disk.ts';
import type { LiveView } from './report/live.ts';
import { appendSeconds } from './seconds-file.ts';
import type { Sink } from './world.ts';

/** Seconds to `seconds.ndjson` in the run's folder, everything else to the terminal. */
export function sinkTo(folder: string, view: Pick<LiveView, 'update' | 'line'>): Sink {
  const path = join(folder, 'seconds.ndjson');
  return {
    seconds: (slices) => naming(path, appendSeconds(path, slices)),
    show: (state) => view.update(state),
    line: (text) => view.line(text),
  };
}

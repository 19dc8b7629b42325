import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench-run.ts';
import { startProgram } from '../processes/started.ts';
import { journeys } from '../subjects/crowd.ts';
import type { Timed } from '../subjects/subject.ts';
import { readTimed } from '../subjects.ts';

const program = fileURLToPath(new URL('../subjects.ts', import.meta.url));

/** The crowd alone, on one core, in a process of its own each time. */
export async function timeJourneys(bench: Bench): Promise<Timed[]> {
  const runs: Timed[] = [];
  for (let run = 0; run < bench.rounds; run++) {
    await bench.awaitQuiet();
    const command = { program: process.execPath, args: [program, journeys.name] };
    const started = await startProgram(command, { name: 'journeys', folder: bench.folder, core: bench.playersCore });
    await started.ended;
    runs.push(...readTimed(await started.output()));
  }
  return runs;
}

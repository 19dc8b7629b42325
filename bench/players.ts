import { readFileSync } from 'node:fs';
import { systemClock } from '../machine/system-clock.ts';
import type { Engine } from '../simulator/engine/engine.ts';
import { createEngine } from '../simulator/engine/engine-of-crowd.ts';
import { toJson } from '../simulator/measure/histogram.ts';
import type { BodyTemplate } from '../simulator/players/request.ts';
import { createWireTransport } from '../simulator/transports/wire.ts';
import { benchCast } from './ours/bench-cast.ts';
import { type Job, writePlayed } from './ours/job.ts';
import { hurried, paced } from './ours/personas.ts';
import { toldOf } from './ours/told.ts';

/**
 * The generator of this project as a process of its own: `node bench/players.ts JOB`. Engine, behaviours, judge, histograms and
 * accounting are those of a rehearsal. Plays for warm-up and measured time, or until SIGINT, and prints what it counted.
 */

async function main(job: Job): Promise<void> {
  const { seed, players, joinMs, world, shard, everyMs, poolFile } = job;
  const pool = JSON.parse(readFileSync(poolFile, 'utf8')) as readonly BodyTemplate[];
  const transport = createWireTransport({ clock: systemClock, localAddresses: job.localAddresses });
  transport.route(job.origins.map((origin, n) => ({ pod: `server-${n + 1}`, origin, basePath: '' })));
  const persona = everyMs === 0 ? hurried : paced(everyMs);
  const engine = createEngine({ clock: systemClock, transport, cast: benchCast({ seed, players, joinMs, persona, world, shard, pool }) });
  const interrupted = new Promise<void>((resolve) => process.once('SIGINT', resolve));
  await engine.start();
  await play(engine, job, interrupted);
  await transport.close();
}

async function play(engine: Engine, { warmupMs, measuredMs }: Job, interrupted: Promise<void>): Promise<void> {
  // Seconds that have settled are handed out as in a rehearsal, where they are written down.
  const settling = setInterval(() => engine.settled(), 250);
  await Promise.race([passed(warmupMs), interrupted]);
  const fromMs = await engine.cut();
  await Promise.race([passed(measuredMs), interrupted]);
  clearInterval(settling);
  await engine.stop();
  const endMs = engine.nowMs();
  const { lagUs } = await engine.generator();
  process.stdout.write(
    writePlayed({
      measured: toldOf(await engine.figures(fromMs, endMs)),
      whole: toldOf(await engine.figures(0, endMs)),
      lagUs: toJson(lagUs),
    }),
  );
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve));
}

await main(JSON.parse(process.argv[2] ?? '') as Job);

import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Clock, sleep } from '../../core/clock.ts';
import type { Result } from '../../core/result.ts';
import type { Plan } from '../plan.ts';
import type { RunHeader } from '../record.ts';
import type { WindowSpan } from '../windows.ts';
import type { Sink, World } from '../world.ts';
import { hangingIn } from './hanging.ts';
import { type MetricsServer, openMetricsServer } from './metrics-server.ts';
import type { Onlooker } from './onlooker.ts';
import { createPlayerMetrics } from './player-metrics.ts';
import { createRunMetrics } from './run-metrics.ts';
import { targetGroups } from './targets.ts';
import { openTargetsFile, type TargetsFile } from './targets-file.ts';

/** The generator is asked when Prometheus asks; where it does not answer so soon (any more), what was published last stands. */
const answersMsMax = 500;

/**
 * A page of metrics on a port of this machine, until the run is over, and a file that says where else there are some. Fed from the seconds
 * that the conductor merges anyway: players and their requests have nothing to do with it.
 */
export async function openPrometheus(port: number, clock: Clock): Promise<Result<Onlooker>> {
  const opened = await openMetricsServer(port);
  if (!opened.ok) return opened;
  const server = opened.value;
  let file: TargetsFile | null = null;
  const value: Onlooker = {
    around(world, plan, header) {
      file = openTargetsFile(plan.folder, world.sink.line);
      return { ...world, sink: publishing({ world, plan, header, server, file, clock }) };
    },
    async end() {
      await file?.close();
      await server.close();
    },
  };
  return { ok: true, value };
}

type Parts = { world: World; plan: Plan; header: RunHeader; server: MetricsServer; file: TargetsFile; clock: Clock };

function publishing({ world, plan, header, server, file, clock }: Parts): Sink {
  const { sink, platform, engine } = world;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const ofPlayers = createPlayerMetrics(registry);
  const ofRun = createRunMetrics(registry, plan, header);
  const groups = () => targetGroups(server.address, platform.publishers?.() ?? [], header);
  let windowsNow: readonly WindowSpan[] = [];
  const showPlayers = async () => {
    const settledUntilMs = ofPlayers.settledUntilMs();
    const hanging = await hangingIn(engine, settledUntilMs, windowsNow);
    // What has settled meanwhile would count twice.
    if (ofPlayers.settledUntilMs() === settledUntilMs) ofPlayers.show(hanging, windowsNow);
  };
  const windowsIn = header.kind === 'load' ? oneWindow : (windows: readonly WindowSpan[]) => windows;
  const asked = () => Promise.allSettled([showPlayers(), engine.generator().then(ofRun.generator)]);
  server.serve({
    '/metrics': {
      type: registry.contentType,
      text: () => Promise.race([asked(), sleep(clock, answersMsMax)]).then(() => registry.metrics()),
    },
    '/targets': { type: 'application/json', text: async () => JSON.stringify(groups()) },
  });
  file.show(groups());
  sink.line(`metrics: http://${server.address}/metrics`);
  return {
    line: sink.line,
    seconds(slices, windows) {
      for (const slice of slices) ofPlayers.add(slice, windowsIn(windows));
      return sink.seconds(slices, windows);
    },
    show(state, windows) {
      windowsNow = windowsIn(windows);
      ofRun.show(state, windowsNow);
      ofRun.pods(platform.pods());
      file.show(groups());
      sink.show(state, windows);
    },
  };
}

/** A load has one window, as its report has. */
function oneWindow(): readonly WindowSpan[] {
  return [{ name: 'run', fromMs: 0, toMs: Number.POSITIVE_INFINITY }];
}

import { type RunEntry, register, unregister } from '../chaos/registry.ts';
import { processTitle, thisProcess } from '../machine/process-table.ts';
import { systemClock } from '../machine/system-clock.ts';
import { createForeignPlatform } from '../platforms/foreign/foreign-platform.ts';
import type { Crew, OwnCrew } from '../simulator/crew/crew.ts';
import type { Approach } from './approach.ts';
import { crewOf } from './crew-of.ts';
import { headerOf } from './header.ts';
import { currentCommit } from './identity.ts';
import { createInterrupts } from './interrupts.ts';
import { sayWhereRunsAreListed } from './last-words.ts';
import { nobody, type Onlooker } from './metrics/onlooker.ts';
import type { Plan } from './plan.ts';
import type { PreparedLoad } from './prepare-load.ts';
import type { RunHeader } from './record.ts';
import { createLiveView } from './report/live.ts';
import { run } from './run.ts';
import { createFolder } from './run-folder.ts';
import { lateSignal, listenForSignals } from './signals.ts';
import { sinkTo } from './sink.ts';
import { silent, type Voice } from './voice.ts';
import type { World } from './world.ts';

/** Players only, against a target that is there already: the same run without faults, so without journal and watchdog. */
export async function performLoad(prepared: PreparedLoad, voice: Voice, onlooker: Onlooker = nobody): Promise<number> {
  const { plan, approach, muster, keep } = prepared;
  // First of all: while the processes of players load, everything else is done here.
  const crew = crewOf(plan, { approach, pods: 0 }, muster);
  const view = voice.quiet ? silent : createLiveView(voice.people, { tty: voice.tty, color: voice.color, now: systemClock.nowMs });
  const interrupts = createInterrupts(systemClock);
  const ignoreSignals = listenForSignals(interrupts, view.line);
  await createFolder(plan.folder);
  const header = await headerOf(plan, 'load', { name: 'foreign' }, async () => null);
  process.title = processTitle('conductor', '', plan.runId);
  const aside = await sayWhereRunsAreListed(view.line);
  await register(entryOf(plan, header));
  const world = worldOf(approach, crew, { interrupts, sink: sinkTo(plan.folder, view) });
  const lookedUp = lookUpOnceTheyPlay(crew);
  // Whatever goes wrong there is said when the players have gone.
  lookedUp.catch(() => {});
  const record = await run(plan, header, onlooker.around(world, plan, header)).finally(() => unregister(plan.runId));
  await onlooker.end(record);
  view.end();
  const { commit, tellLoad } = await lookedUp;
  const interruption = record.interruption ?? lateSignal(interrupts);
  const notes = [...record.notes, ...aside, ...approach.notes];
  const told = { ...record, header: { ...record.header, commit }, interruption, notes };
  const exitCode = await tellLoad(told, { folder: plan.folder, keep }, voice);
  ignoreSignals();
  return exitCode;
}

/**
 * What only the report asks for does not keep players waiting: it takes as long as all that they need. But no longer than that: by the
 * end of the run somebody may have changed the files, or have committed them.
 */
async function lookUpOnceTheyPlay({ begun }: OwnCrew) {
  await begun;
  const commit = currentCommit();
  const { tellLoad } = await import('./tell-load.ts');
  return { tellLoad, commit: await commit };
}

/** So that `status` shows it and `halt` ends it; nothing is ever open, and nobody has to restore. */
function entryOf({ runId, folder }: Plan, { scenario, startedAt, startedBy }: RunHeader): RunEntry {
  const nothingOpen = { watchdog: null, targetKeys: [], epilogue: null };
  return { runId, folder, conductor: thisProcess(), startedAt, startedBy, scenario, ...nothingOpen };
}

function worldOf({ target }: Approach, crew: Crew, own: Pick<World, 'interrupts' | 'sink'>): World {
  const { origin, basePath } = target;
  return {
    clock: systemClock,
    platform: createForeignPlatform({ origin }),
    environment: null,
    route: (endpoints) => crew.route(endpoints.map(({ pod, origin: at }) => ({ pod, origin: at, basePath }))),
    disconnect: () => crew.close(),
    engine: crew.engine,
    injector: null,
    journal: { begin: async () => {}, close: async () => {} },
    watchdog: { onLost: () => {}, dismiss: async () => {} },
    ...own,
  };
}

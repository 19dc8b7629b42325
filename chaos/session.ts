import type { Clock } from '../core/clock.ts';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';
import { thisProcess } from '../machine/process-table.ts';
import { readCacheFacts } from './cache-facts.ts';
import { claim } from './claim.ts';
import { cacheLogin, type FaultTarget, type Login } from './fault.ts';
import { createInjector, type Injector } from './inject.ts';
import { type Journal, openJournal } from './journal.ts';
import { openFaults } from './journal-lines.ts';
import type { PodControl } from './pod-control.ts';
import { isHalted, openTargets, type RunEntry, register, unregister } from './registry.ts';
import { createSecrets, type SecretStore } from './secrets.ts';
import { createStepRunner } from './step-runner.ts';
import { undoClaim } from './takeover.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

export type SessionOptions = {
  runId: string;
  /** The run's own folder, absolute; exists. */
  folder: string;
  seed: number;
  /** The machine's (`machineClock`): the watchdog keeps our deadlines. */
  clock: Clock;
  scenario: string;
  startedBy: string;
  pods: PodControl;
  /** Asked when a fault is armed: by then everything is up. */
  target(): { podsOwned: boolean; cache: SessionCache | null };
  /** Program and arguments that render the report of a killed run, or null. */
  epilogue: readonly string[] | null;
};

export type SessionCache = Login & { engine: string; host: string; port: number; owned: boolean };

/** Everything that makes breaking things safe, for one run: registered on this machine, with a journal and a watchdog. */
export type Session = {
  injector: Injector;
  journal: { begin(header: { startedAt: string }): Promise<void>; close(): Promise<void> };
  watchdog: Pick<Watchdog, 'onLost' | 'dismiss'>;
};

/** Longest wait for a watchdog that is just putting something back. */
const turnWithinMs = 15_000;

/** Refuses while runs are halted on this machine; then nothing was started. */
export async function openSession(options: SessionOptions): Promise<Result<Session>> {
  if (await isHalted()) return { ok: false, problems: [halted] };
  const { runId, folder, epilogue, clock } = options;
  const entry = await registerRun(options);
  const watchdog = await startWatchdog({ runId, folder, epilogue }).catch(async (error) => {
    await unregister(runId);
    throw error;
  });
  await entry.change({ watchdog: watchdog.process });
  const journal = tellingJournal(openJournal(folder, clock), watchdog);
  const secrets = createSecrets(folder);
  const injector = openInjector(options, { journal, secrets, entry });
  return {
    ok: true,
    value: {
      injector,
      journal: { begin: (header) => journal.append({ event: 'run', header }), close: () => close(injector, journal, secrets) },
      watchdog: { onLost: watchdog.onLost, dismiss: () => dismiss(runId, { journal, secrets, watchdog }) },
    },
  };
}

const halted: Problem = {
  place: 'this machine',
  problem: 'runs are halted here',
  remedy: 'launchstorm halt --lift, when it is safe again',
};

type Kept = { journal: Journal; secrets: SecretStore; entry: Entry };

function openInjector(options: SessionOptions, { journal, secrets, entry }: Kept): Injector {
  return createInjector({
    seed: options.seed,
    clock: options.clock,
    runner: createStepRunner(options.pods, secrets),
    journal,
    secrets,
    target: () => targetOf(options, secrets),
    claimTargets: (keys) => claimTargets(keys, options.runId, entry),
    releaseTargets: (keys) => entry.change({ targetKeys: entry.now().targetKeys.filter((key) => !keys.includes(key)) }),
    alone: async (work) => {
      const turn = await claim(options.folder, undoClaim, turnWithinMs);
      return turn === null ? null : work().finally(() => turn.release());
    },
  });
}

async function targetOf({ runId, pods, target }: SessionOptions, secrets: SecretStore): Promise<FaultTarget> {
  const { podsOwned, cache } = target();
  const names = pods.pods().map((pod) => pod.name);
  const containers = pods.containers?.() ?? null;
  if (cache === null) return { runId, pods: names, podsOwned, cache: null, containers };
  const { engine, host, port, owned, username, password } = cache;
  secrets.add({ values: {}, logins: { [cacheLogin]: { username, password } } });
  const address = `${host}:${port}`;
  const facts = await readCacheFacts(address, { username, password });
  return { runId, pods: names, podsOwned, cache: { address, owned, username, engine, facts }, containers };
}

/** Announces first and looks then: of two runs that want the same target at the same moment, at most one goes on. */
async function claimTargets(keys: readonly string[], runId: string, entry: Entry): Promise<readonly Problem[]> {
  const own = entry.now().targetKeys;
  const twice = keys.filter((key) => own.includes(key)).map((key) => ({ key, runId, alive: true }));
  if (twice.length > 0) return twice.map(takenProblem);
  await entry.change({ targetKeys: [...own, ...keys] });
  const taken = (await openTargets(runId)).filter((open) => keys.includes(open.key));
  if (taken.length > 0) await entry.change({ targetKeys: own });
  return taken.map(takenProblem);
}

function takenProblem({ key, runId, alive }: { key: string; runId: string; alive: boolean }): Problem {
  const remedy = alive ? 'wait until it has been put back' : 'launchstorm recover';
  return { place: key, problem: `a fault of run ${runId} is open on it`, remedy };
}

/** Whoever watches learns of every change after it is on the disk. */
function tellingJournal(journal: Journal, watchdog: Watchdog): Journal {
  return {
    async append(event) {
      await journal.append(event);
      watchdog.tellChange();
    },
    read: journal.read,
  };
}

/** Puts back what nobody put back so far. What is still open then stays in journal, secrets and registry for `recover`. */
async function close(injector: Injector, journal: Journal, secrets: SecretStore): Promise<void> {
  await injector.undoAll();
  await closeIfNothingIsOpen(journal, secrets);
}

async function closeIfNothingIsOpen(journal: Journal, secrets: SecretStore): Promise<boolean> {
  const { entries } = await journal.read();
  if (openFaults(entries).length > 0) return false;
  if (entries.at(-1)?.event !== 'closed') await journal.append({ event: 'closed', by: 'conductor' });
  await secrets.remove();
  return true;
}

type Keepers = { journal: Journal; secrets: SecretStore; watchdog: Watchdog };

/** A watchdog that is sent away puts back what we could not: then there is nothing to keep secrets for either. */
async function dismiss(runId: string, { journal, secrets, watchdog }: Keepers): Promise<void> {
  await watchdog.dismiss();
  if (await closeIfNothingIsOpen(journal, secrets)) await unregister(runId);
}

type Entry = { now(): RunEntry; change(part: Partial<RunEntry>): Promise<void> };

async function registerRun({ runId, folder, scenario, startedBy, epilogue, clock }: SessionOptions): Promise<Entry> {
  let entry: RunEntry = {
    runId,
    folder,
    conductor: thisProcess(),
    watchdog: null,
    startedAt: new Date(clock.wallMs()).toISOString(),
    startedBy,
    scenario,
    targetKeys: [],
    epilogue,
  };
  let written = register(entry);
  await written;
  return {
    now: () => entry,
    change(part) {
      entry = { ...entry, ...part };
      written = written.catch(() => {}).then(() => register(entry));
      return written;
    },
  };
}

import { access, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAlive, type ProcessId } from '../machine/process-table.ts';
import { writeWhole } from '../machine/whole-file.ts';
import { stateFolder } from './state-folder.ts';

/** What this machine knows of one run; a file of its own each, there until everything is put back. */
export type RunEntry = {
  runId: string;
  /** The run's own folder, absolute: its journal and secrets. */
  folder: string;
  conductor: ProcessId;
  /** Who restores when the conductor dies; null before it has started. */
  watchdog: ProcessId | null;
  /** ISO 8601. */
  startedAt: string;
  startedBy: string;
  scenario: string;
  /** Of faults that are open. */
  targetKeys: readonly string[];
  /** Program and arguments that render the report of a killed run, or null. */
  epilogue: readonly string[] | null;
};

export type RegisteredRun = RunEntry & { conductorAlive: boolean; watchdogAlive: boolean };

/** Run ids become file names and words of a command line. */
const runIdShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export async function register(entry: RunEntry): Promise<void> {
  if (!runIdShape.test(entry.runId)) throw new TypeError(`not a run id: ${JSON.stringify(entry.runId)}`);
  const path = await entryPath(entry.runId);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${JSON.stringify(entry, null, 2)}\n`, 0o600);
}

export async function unregister(runId: string): Promise<void> {
  await rm(await entryPath(runId), { force: true });
}

/** Every run that is under way, or was and has not been put back; files that cannot be read are told, not hidden. */
export async function listRuns(): Promise<{ runs: readonly RegisteredRun[]; problems: readonly string[] }> {
  const folder = join((await stateFolder()).path, 'runs');
  const problems: string[] = [];
  const runs: RegisteredRun[] = [];
  for (const file of (await filesIn(folder)).filter((name) => name.endsWith('.json')).sort()) {
    try {
      const entry: RunEntry = JSON.parse(await readFile(join(folder, file), 'utf8'));
      runs.push({ ...entry, conductorAlive: isAlive(entry.conductor), watchdogAlive: entry.watchdog !== null && isAlive(entry.watchdog) });
    } catch (error) {
      // A run may end between the listing and the reading.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        problems.push(`${join(folder, file)} cannot be read: ${(error as Error).message}`);
    }
  }
  return { runs, problems };
}

/** Targets on which a fault of another run stands open, whether that run is alive or dead. */
export async function openTargets(exceptRunId: string): Promise<readonly { key: string; runId: string; alive: boolean }[]> {
  const { runs } = await listRuns();
  return runs
    .filter((run) => run.runId !== exceptRunId)
    .flatMap((run) => run.targetKeys.map((key) => ({ key, runId: run.runId, alive: run.conductorAlive })));
}

/** Whether somebody has stopped all runs on this machine: no new one starts until that is lifted. */
export async function isHalted(): Promise<boolean> {
  return access(await haltPath()).then(
    () => true,
    () => false,
  );
}

/** `by`: who, and when, for whoever wonders later. */
export async function halt(by: string): Promise<void> {
  const path = await haltPath();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${by}\n`, 0o600);
}

export async function liftHalt(): Promise<void> {
  await rm(await haltPath(), { force: true });
}

/** None before the first run; looking makes no folder, which a full disk would not have. */
async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

async function entryPath(runId: string): Promise<string> {
  return join((await stateFolder()).path, 'runs', `${runId}.json`);
}

async function haltPath(): Promise<string> {
  return join((await stateFolder()).path, 'halt');
}

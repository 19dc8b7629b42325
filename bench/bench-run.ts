import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBodies, writePool } from './peers/bodies.ts';
import { awaitQuiet } from './processes/machine-load.ts';
import { stopEverything } from './processes/started.ts';

/** One call of the bench: what all its parts share. */
export type Bench = {
  /** For everything that is thrown away at the end. */
  folder: string;
  bodiesFile: string;
  poolFile: string;
  rounds: number;
  warmupSeconds: number;
  measuredSeconds: number;
  players: number;
  /** The generator has one core, the server another. */
  playersCore: number;
  serverCore: number;
  /** Where profiles are kept as text. */
  profilesFolder: string;
  tell(line: string): void;
  /** Before each measurement: whoever else uses the machine is waited for, for a while. */
  awaitQuiet(): Promise<void>;
  /** For what is ended in another way than programs are: also after Ctrl-C. May be called when it is ended already. */
  atTheEnd(end: () => Promise<void>): void;
};

export type BenchWishes = { quietWaitSeconds: number } & Pick<
  Bench,
  'rounds' | 'warmupSeconds' | 'measuredSeconds' | 'players' | 'profilesFolder'
>;

const seed = 17;

/** Runs `work` with a folder of its own; afterwards, and at a signal, everything that was started is ended and the folder is gone. */
export async function withBench<T>(wishes: BenchWishes, work: (bench: Bench) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-bench-'));
  const endings: (() => Promise<void>)[] = [];
  const clear = async () => {
    await Promise.all([stopEverything(), ...endings.splice(0).map((end) => end())]);
    await rm(folder, { recursive: true, force: true });
  };
  const leave = (code: number) => () => {
    tell('interrupted: ending what was started');
    clear().finally(() => process.exit(code));
  };
  process.once('SIGINT', leave(130)).once('SIGTERM', leave(143));
  try {
    const bodiesFile = join(folder, 'bodies.txt');
    await writeBodies(bodiesFile, seed);
    const poolFile = join(folder, 'pool.json');
    await writePool(poolFile, seed);
    const { rounds, warmupSeconds, measuredSeconds, players, profilesFolder, quietWaitSeconds } = wishes;
    return await work({
      rounds,
      warmupSeconds,
      measuredSeconds,
      players,
      profilesFolder,
      folder,
      bodiesFile,
      poolFile,
      playersCore: 0,
      serverCore: 1,
      tell,
      atTheEnd: (end) => void endings.push(end),
      awaitQuiet: () => untilQuiet(quietWaitSeconds),
    });
  } finally {
    await clear();
  }
}

async function untilQuiet(secondsMax: number): Promise<void> {
  if (!(await awaitQuiet(secondsMax))) tell('the machine is not quiet: others take a part of it');
}

function tell(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

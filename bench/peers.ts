import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, withBench } from './bench-run.ts';
import { type Flags, readFlags, usage } from './command/flags.ts';
import { measures } from './command/measure.ts';
import { judgeGoals } from './page/goals.ts';
import { machineHere } from './page/machine.ts';
import { benchmarksPage } from './page/page.ts';
import { type AllKept, added, type Kept, keep, type Part, readAll, readKept } from './page/results.ts';
import { peers } from './peers/table.ts';

/**
 * This project and its peers on the same work: `npm run bench:peers`. Measures part by part, keeps the figures in bench/results/ and
 * writes docs/benchmarks.md from them. Exit codes: 0 measured, or asked for help, 1 a part failed, 64 wrong usage, 130 and 143 interrupted.
 */

const root = join(import.meta.dirname, '..');
const resultsFolder = join(root, 'bench/results');
const page = join(root, 'docs/benchmarks.md');

async function main(args: readonly string[]): Promise<number> {
  const { flags, problems } = readFlags(args);
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n\n${usage}`);
    return 64;
  }
  if (flags.help) {
    process.stdout.write(usage);
    return 0;
  }
  const wishes = { ...flags, players: 64, profilesFolder: join(root, 'bench/profiles') };
  const failed = flags.pageOnly ? [] : await withBench(wishes, (bench) => measureParts(bench, flags, args));
  if (flags.trial) return failed.length === 0 ? 0 : 1;
  const kept = await readAll(resultsFolder);
  await writeFile(page, benchmarksPage(kept, peers));
  tellGoals(kept);
  return failed.length === 0 ? 0 : 1;
}

/** One part after the other; one that fails does not keep the others from being measured. */
async function measureParts(bench: Bench, flags: Flags, args: readonly string[]): Promise<readonly Part[]> {
  const command = ['npm run bench:peers', ...(args.length === 0 ? [] : ['--', ...args])].join(' ');
  const failed: Part[] = [];
  for (const part of flags.parts) {
    bench.tell(`part ${part}`);
    try {
      await measurePart(bench, flags, { part, command });
    } catch (error) {
      failed.push(part);
      bench.tell(`part ${part} FAILED: ${(error as Error).message}`);
    }
  }
  return failed;
}

async function measurePart(bench: Bench, flags: Flags, { part, command }: { part: Part; command: string }): Promise<void> {
  const machine = await machineHere(root);
  const figures = await measures[part](bench, flags);
  const fresh = { part, machine, command, figures } as Kept<Part>;
  if (flags.trial) {
    process.stdout.write(`${JSON.stringify(fresh, null, 2)}\n`);
    return;
  }
  const before = flags.add ? await readKept(resultsFolder, part) : null;
  await keep(resultsFolder, before === null ? fresh : added(before, fresh));
}

function tellGoals(kept: AllKept): void {
  for (const { goal, limit, measured, reached } of judgeGoals(kept)) {
    const word = reached === null ? '-      ' : reached ? 'reached' : 'MISSED ';
    process.stdout.write(`${word} ${goal}: ${measured} (${limit})\n`);
  }
}

process.exitCode = await main(process.argv.slice(2));

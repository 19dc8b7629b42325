import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playAll, playOnce } from './plays/play-once.ts';

/**
 * Plays a rehearsal with the same seeds in two environments, in turns, and says how many useful answers each lost:
 * `node tools/lost-answers.ts [--seeds 6] [--first 1] [--scenario FILE] [--environments plain,sidecar]`. A minute and a half for each play.
 */

const outcomes = ['empty', 'wrong', 'refused', 'unknown', 'unreachable', 'dropped'] as const;
type Operation = { readonly [outcome in (typeof outcomes)[number]]: number };
type Window = { readonly name: string; readonly operations: { readonly [name: string]: Operation } };
type Told = { readonly windows: readonly Window[]; readonly verdict: { readonly status: string } };
type Lost = { readonly total: number; readonly where: string };

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '6' },
    first: { type: 'string', default: '1' },
    scenario: { type: 'string', default: 'scenarios/launch-day.ts' },
    environments: { type: 'string', default: 'plain,sidecar' },
  },
});
const environments = values.environments.split(',');
const [seeds, first] = [Number(values.seeds), Number(values.first)];
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(first) || first < 0) {
  process.stderr.write(`--seeds ${values.seeds} --first ${values.first}: give whole numbers, at least one seed\n`);
  process.exit(64);
}
const sums = new Map(environments.map((name) => [name, [] as number[]]));

await playAll(async (folder, stopped) => {
  for (let seed = first; seed < first + seeds; seed++) {
    // Who goes first alternates: what the machine does beside it falls on both.
    const order = seed % 2 === 0 ? environments : [...environments].reverse();
    for (const environment of order) {
      const out = join(folder, `${environment}-${seed}`);
      const { windows } = await playOnce<Told>({ scenario: values.scenario, environment, seed, out }, stopped);
      const { total, where } = lostIn(windows);
      sums.get(environment)?.push(total);
      process.stdout.write(`seed ${seed}  ${environment.padEnd(8)} ${String(total).padStart(4)} lost${where}\n`);
    }
  }
  for (const [name, lost] of sums) {
    const total = lost.reduce((sum, each) => sum + each, 0);
    process.stdout.write(`${name.padEnd(8)} ${total} lost with ${lost.length} seeds: ${lost.join(', ')}\n`);
  }
});

/** Of all that players asked for; those who had left by then (`abandoned`) lost nothing. */
function lostIn(windows: readonly Window[]): Lost {
  const parts = windows.flatMap(({ name, operations }) =>
    outcomes.flatMap((outcome) => {
      const count = Object.values(operations).reduce((sum, operation) => sum + operation[outcome], 0);
      return count === 0 ? [] : [{ count, text: `, ${count} ${outcome} ${name}` }];
    }),
  );
  return { total: parts.reduce((sum, { count }) => sum + count, 0), where: parts.map(({ text }) => text).join('') };
}

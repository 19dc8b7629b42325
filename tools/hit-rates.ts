import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playAll, playOnce } from './plays/play-once.ts';

/**
 * The hit rate of the sidecar's cache as real players ask for real places, for each exponent of Zipf's law over the cells of the launch:
 * `node tools/hit-rates.ts [--seed 7] [--for 40s]`. Cells, bytes of the cache and players are those of scenarios/story-launch.ts, and the
 * caches are empty when play begins. A minute for each exponent.
 */

const exponents = [0.5, 0.7, 0.9, 1.1];
/** What the founding story tells of the time after the launch. */
const story = '89 %';
const scenarios = join(import.meta.dirname, '../scenarios');

type Report = { verdict: { status: string }; cache: { lookups: number; hits: number } | null };

const { values } = parseArgs({ options: { seed: { type: 'string', default: '7' }, for: { type: 'string', default: '40s' } } });

await playAll(async (folder, stopped) => {
  for (const exponent of exponents) {
    const scenario = join(folder, `launch-${exponent}.ts`);
    writeFileSync(scenario, launchWith(exponent));
    const out = join(folder, String(exponent));
    const { cache } = await playOnce<Report>({ scenario, environment: 'sidecar', seed: Number(values.seed), out }, stopped);
    process.stdout.write(`s = ${exponent}  ${rateOf(cache)}; the story: ${story}\n`);
  }
});

function launchWith(exponent: number): string {
  return `import { scenario as launch } from ${JSON.stringify(join(scenarios, 'story-launch.ts'))};
const { crowd } = launch;
export const scenario = { ...launch, settle: ${JSON.stringify(values.for)}, crowd: { ...crowd, space: { ...crowd.space, exponent: ${exponent} } } };
`;
}

function rateOf(cache: Report['cache']): string {
  if (cache === null || cache.lookups === 0) return 'nobody asked';
  return `${((100 * cache.hits) / cache.lookups).toFixed(1)} % of ${cache.lookups.toLocaleString('en')} lookups`;
}

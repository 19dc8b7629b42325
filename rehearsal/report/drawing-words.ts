import { writeMs } from '../../core/duration.ts';
import type { CrowdDrawing } from './drawing-format.ts';
import { noFigure, writeCount, writeRate } from './numbers.ts';

/** A drawn crowd in sentences, the same ones in terminal and page. */

/** The founding story's 3,200 requests/s at 15,000 players. */
const storyRate = 0.21;

export function concurrencySentence({ concurrency: { mean, min, max }, players }: CrowdDrawing): string {
  return `${writeRate(mean)} at the same time on average, ${writeCount(min)} to ${writeCount(max)}; ${writeCount(players)} were asked for`;
}

export function arrivalsSentence({ churn: { arrived, left }, seconds, joinedMs, durationMs }: CrowdDrawing): string {
  const before = seconds.arrivals.reduce((sum, count) => sum + count, 0) - arrived;
  const perSecond = (arrived * 1000) / Math.max(1, durationMs - joinedMs);
  return `${writeCount(before)} until everybody had joined, then ${writeCount(arrived)} arrived (${writeRate(perSecond)} a second) and ${writeCount(left)} left`;
}

export function requestsSentence({ requests }: CrowdDrawing): string {
  const { perSecond, perPlayerPerSecond } = requests;
  return `${writeRate(perSecond)} a second, ${writeRate(perPlayerPerSecond)} per player and second (the launch behind this tool: ${storyRate})`;
}

export function operationsSentence({ requests: { count, search, spawns, biome, chains } }: CrowdDrawing): string {
  const share = (part: number) => (count === 0 ? noFigure : `${Math.round((part / count) * 100)} %`);
  return `search ${share(search)}, spawns ${share(spawns)}, biome ${share(biome)}; ${writeCount(chains)} chains`;
}

export function popularitySentence({ popularity }: CrowdDrawing): string {
  const { searches, cells, cellBlocks, hottest, topFivePercent, zipfExponent, zipfRanks } = popularity;
  if (searches === 0) return 'nobody searched';
  const zipf =
    zipfExponent === null ? 'too few searches for a Zipf exponent' : `Zipf exponent ${zipfExponent.toFixed(2)} over the first ${zipfRanks}`;
  return (
    `${writeCount(searches)} searches in ${writeCount(cells)} cells of ${cellBlocks} blocks: the hottest has ${percent(hottest[0] ?? 0)}, ` +
    `the top 5 % of them ${percent(topFivePercent)}; ${zipf}`
  );
}

/** `1.04 at 1 s, 1.38 at 10 s`. */
export function burstinessWords({ burstiness }: CrowdDrawing, of: 'requests' | 'arrivals'): string {
  return burstiness
    .map(({ windowSeconds, [of]: index }) => `${index === null ? 'too short to tell' : index.toFixed(2)} at ${windowSeconds} s`)
    .join(', ');
}

export const burstinessMeaning = 'index of dispersion of counts: 1 is a Poisson process, more comes in bursts';

/** What a run of this length can show of people coming and going. */
export function churnSentence({ churn, durationMs, sessionLaw }: CrowdDrawing): string {
  const { initialLeftShare, sessionMsMean, halfExchangedMs } = churn;
  if (sessionMsMean === null || halfExchangedMs === null)
    return 'Nobody leaves by the clock: this crowd shows no churn, however long it plays.';
  const stayed = initialLeftShare === null ? '' : `, ${percent(initialLeftShare)} of those who were there at the start still are`;
  const verdict =
    durationMs < halfExchangedMs / 10
      ? 'It is too short to show much churn'
      : durationMs < halfExchangedMs
        ? 'It shows some churn'
        : 'It shows churn';
  return `After ${writeMs(durationMs)}${stayed}. ${verdict}: sessions (${sessionLaw}) last ${writeMs(sessionMsMean)} on average, and half of the players are other ones after ${writeMs(halfExchangedMs)}.`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

import { expect, test } from 'vitest';
import { type Rehearsed, rehearse } from './fixtures/simulated-world.ts';

const hourMs = 3_600_000;
const faultOpenMs = 23_500;

/** Everything of a run that has a time in it, but for its one stamp. */
function timesOf({ report, entries }: Rehearsed): unknown {
  const { startedAt: _stamp, ...told } = report;
  return {
    told,
    journal: entries.map(({ seq, event, atMs, ...rest }) => ({
      seq,
      event,
      atMs,
      deadlineMs: 'deadlineMs' in rest ? rest.deadlineMs : null,
    })),
  };
}

test.each([
  ['forth', hourMs, [faultOpenMs]],
  ['back', -hourMs, [faultOpenMs]],
  ['forth before the first fault', hourMs, [3000]],
  ['back while players join', -hourMs, [700]],
  ['forth again and again', hourMs, [700, 9000, 12_500, faultOpenMs, 30_000]],
  ['back again and again', -hourMs, [700, 9000, 12_500, faultOpenMs, 30_000]],
] as const)('a wall clock that jumps %s by an hour changes nothing but stamps', async (_way, byMs, moments) => {
  const undisturbed = timesOf(await rehearse());
  const events = moments.map((atMs) => ({ atMs, happens: (world: Rehearsed['world']) => world.clock.jumpWall(byMs) }));
  expect(timesOf(await rehearse({ events }))).toEqual(undisturbed);
});

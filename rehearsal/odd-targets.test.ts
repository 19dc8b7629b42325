import { describe, expect, test } from 'vitest';
import { sleep } from '../core/clock.ts';
import { type Outcome, operations, outcomes } from '../core/outcome.ts';
import { systemClock } from '../machine/system-clock.ts';
import { assertBalanced } from '../simulator/measure/accounting.ts';
import { quantile } from '../simulator/measure/histogram.ts';
import { crewOf } from './crew-of.ts';
import type { NamedFigures } from './expectations.ts';
import { findingsOf } from './findings.ts';
import { type Oddity, startOddServer } from './fixtures/odd-server.ts';
import { judgeLoad } from './load-expectation.ts';
import { prepareLoad } from './prepare-load.ts';

describe.concurrent('a load on a target that is odd', () => {
  test.each<Oddity>(['kind', 'chunked', 'early-hints', 'http-1.0', 'slow'])('%s: every answer is of use', async (oddity) => {
    const { figures, counted, requests, judged } = await load(oddity);
    expect(counted).toEqual({ ok: requests });
    expect(judged).toMatchObject({ met: true, observed: `${requests} of ${requests} complete answers` });
    const p50Us = quantile(figures.operations.search.latencyUs, 0.5) ?? 0;
    if (oddity === 'slow') expect(p50Us).toBeGreaterThan(295_000);
  });

  test.each<[Oddity, Outcome, string]>([
    ['html', 'wrong', 'got something that was not asked for: HTML instead of JSON'],
    ['redirecting', 'wrong', 'got something that was not asked for: status 302 sends the player elsewhere: redirects are not followed'],
    ['no content', 'wrong', 'got something that was not asked for: status 204: an answer without a body'],
    ['gzip', 'wrong', 'got something that was not asked for: compressed data (gzip) that nobody asked for'],
    ['refusing', 'refused', 'were refused: refused with 401: who-are-you'],
  ])('%s: complete answers, none of use, so the target is broken', async (oddity, outcome, words) => {
    const { counted, requests, findings, judged } = await load(oddity);
    expect(counted).toEqual({ [outcome]: requests });
    expect(judged).toMatchObject({ met: false, observed: `0 of ${requests} complete answers (${requests} ${outcome})` });
    expect(findings[0]).toContain(words);
  });

  test.each<[Oddity, string]>([
    ['hangs', 'no complete answer before the player lost patience'],
    ['dripping', 'no complete answer before the player lost patience'],
    ['closes at once', 'the connection was closed before an answer came'],
    ['cut off', 'the connection ended in the middle of the answer'],
    ['garbage', 'what came back was no HTTP'],
    ['huge', 'the answer was given up at 1 MiB'],
  ])('%s: no complete answer at all, so there is nothing to judge by', async (oddity, words) => {
    const { counted, requests, findings, judged } = await load(oddity);
    expect(counted).toEqual({ unknown: requests });
    expect(judged).toEqual({
      text: 'useful answers in run',
      limit: '>= 1',
      observed: `no complete answer to any of ${requests} actions`,
      met: null,
    });
    expect(findings[0]).toContain(`got no complete answer: ${words}`);
  });

  test('every second request hangs: half of it is of use, the other half is told apart', async () => {
    const { counted, requests, findings, judged } = await load('half-dead');
    expect(counted).toEqual({ ok: Math.floor(requests / 2), unknown: Math.ceil(requests / 2) });
    expect(judged.met).toBe(true);
    expect(findings.some((text) => text.includes('no complete answer before the player lost patience'))).toBe(true);
  });

  test('nothing but empty chests: fine answers, none of use', async () => {
    const { figures, judged } = await load('empty');
    const { search } = figures.operations;
    expect(search.outcomes.empty + search.outcomes.abandoned).toBe(search.planned);
    expect(judged.met).toBe(false);
  });
});

async function load(oddity: Oddity) {
  const server = await startOddServer(oddity);
  const prepared = await prepareLoad(server.url, { players: 60, seed: 7, for: 1000 });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const { plan, approach, muster } = prepared.value;
  const { engine, route, close } = crewOf(plan, { approach, pods: 0 }, muster);
  route([{ pod: 'target', origin: approach.target.origin, basePath: approach.target.basePath }]);
  await engine.start();
  await sleep(systemClock, plan.totalMs);
  await engine.stop();
  const playedMs = engine.nowMs();
  const run: NamedFigures = { name: 'run', figures: await engine.figures(0, playedMs) };
  assertBalanced(run.figures);
  const findings = findingsOf([run], await engine.examples(0, playedMs)).map(({ text }) => text);
  await close();
  await server.close();
  return { figures: run.figures, counted: countedIn(run), requests: server.requests(), findings, judged: judgeLoad(run) };
}

/** Over all operations, without what did not happen; `abandoned` is how every play ends. */
function countedIn({ figures }: NamedFigures): { [outcome in Outcome]?: number } {
  const total = (outcome: Outcome) => operations.reduce((sum, operation) => sum + figures.operations[operation].outcomes[outcome], 0);
  const counted = outcomes.filter((outcome) => outcome !== 'abandoned').map((outcome) => [outcome, total(outcome)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

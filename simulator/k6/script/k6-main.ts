import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { createPlayer } from '../../crowd/crowd.ts';
import { apiOf } from '../../players/api.ts';
import { type BodyTemplate, templateOf } from '../../players/request.ts';
import { booksOf } from './books-k6.ts';
import { facts, poolText } from './content.ts';
import { playJourney, type Scene } from './journey.ts';
import { send } from './send.ts';
import { headersIn, targetOf } from './settings.ts';
import { placesFor, type TimetableRow, timetableOf } from './timetable.ts';

declare const __ENV: { readonly [name: string]: string | undefined };
declare function open(path: string): string;

const { crowd, endMs, windows } = facts;

/** Both are made once in a process, whatever the number of players; a row is parsed when somebody takes it. */
const pool = new SharedArray<BodyTemplate>('pool', () => JSON.parse(poolText) as BodyTemplate[]);
const timetable = new SharedArray<TimetableRow & { places: number }>('timetable', () => {
  const rows = timetableOf(crowd, endMs);
  const places = placesFor(crowd, rows);
  return rows.map((row) => ({ ...row, places }));
});

/** Longer than anybody waits for anything: what was sent before the end may end. */
const lingerSeconds = 60;

export const options: Options = {
  scenarios: {
    crowd: {
      executor: 'shared-iterations',
      exec: 'play',
      vus: timetable[0]?.places ?? 1,
      iterations: Math.max(1, timetable.length),
      maxDuration: `${Math.ceil(endMs / 1000) + lingerSeconds}s`,
      gracefulStop: '1s',
    },
  },
  thresholds: facts.thresholds as { [metric: string]: string[] },
  // A journey is a player of its own, on a connection of its own.
  noVUConnectionReuse: true,
  maxRedirects: 0,
  insecureSkipTLSVerify: __ENV['LAUNCHSTORM_INSECURE'] === '1',
  userAgent: 'launchstorm',
  systemTags: ['status', 'error_code', 'name', 'proto'],
  summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'max'],
  ext: { launchstorm: facts.about },
};

const target = targetOf(__ENV['LAUNCHSTORM_TARGET'] ?? facts.target);
const headersFile = __ENV['LAUNCHSTORM_HEADERS_FILE'] ?? '';
const headers = headersFile === '' ? {} : headersIn(open(headersFile));
const api = apiOf(facts.api ?? undefined);
const books = booksOf(windows);

/** Milliseconds since the test began, monotonic: the wall clock may jump. */
const nowMs = () => exec.instance.currentTestRunDuration;

function waitUntil(ms: number): void {
  const leftMs = ms - nowMs();
  if (leftMs > 0) sleep(leftMs / 1000);
}

/** One iteration is one journey, from arrival to departure. */
export function play(): void {
  const row = timetable[exec.scenario.iterationInTest];
  if (row === undefined) return;
  const player = createPlayer(crowd, row.journey, row.atMs);
  const template = templateOf(pool, player);
  const line = { target, headers, api, seed: crowd.seed, nowMs };
  const scene: Scene = { endMs, nowMs, waitUntil, books, send: (who, sequence) => send(line, who, template, sequence) };
  playJourney(player, row.atMs, scene);
}

/** Said once, at the end: k6's own summary does not know of windows or of other runners. */
export function teardown(): void {
  if (__ENV['LAUNCHSTORM_QUIET'] === '1') return;
  console.info(
    'k6 sums up this runner over the whole run; thresholds judge the windows. For seconds, percentiles by window and one verdict over ' +
      'several runners: a k6 with the launchstorm output, `k6 run --out launchstorm=FOLDER`, then `launchstorm merge`.',
  );
}

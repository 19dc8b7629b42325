import { operations } from '../../core/outcome.ts';
import { writeBytes, writeCount, writeRate, writeUs } from '../report/numbers.ts';
import { type Evidence, type Played, playersMax, riseOf, steady, usefulPerSecond, worstP99Ms } from './played.ts';
import { heldAt } from './rows-before.ts';
import { notShown, percent, type Reading, type StoryRow } from './story-row.ts';

/** Rows 7 to 12: the architecture that ended it. */

const launch = { plays: ['launch'], basis: 'real', decides: true } as const;
const later = { plays: [], basis: 'not judged yet', decides: false } as const;

export const rowsAfter: readonly StoryRow[] = [
  {
    id: '7',
    sentence: 'one values.yaml for all environments, drift zero',
    said: 'GitOps',
    limit: 'no difference but allowed ones',
    ...later,
    read: ({ configuration: { environments, hasValuesFile } }) => ({
      measured: `${environments} environments of one service${hasValuesFile ? ', deploy/values.yaml' : '; no values.yaml'}`,
      met: null,
    }),
  },
  {
    id: '8a',
    sentence: 'search and cache in the sidecar: memory added per pod',
    said: '12 MB',
    limit: 'stated in full',
    plays: ['hits', 'hitsForwarded'],
    basis: 'real',
    decides: true,
    read: addedMemory,
  },
  {
    id: '8b',
    sentence: 'lower latency on cache hits',
    said: '30 %',
    limit: 'median at least 30 % lower than through the main process',
    plays: ['hits', 'hitsForwarded'],
    basis: 'real',
    decides: true,
    read: fasterHits,
  },
  {
    id: '8c',
    sentence: 'the players that broke the inherited limits',
    said: 'the good end',
    limit: 'held',
    plays: ['sidecarExplorers'],
    basis: 'real',
    decides: true,
    read: ({ plays }) => heldAt(plays.sidecarExplorers, 0),
  },
  {
    id: '9',
    sentence: 'Dragonfly instead of the disk cache: a second level that speaks Redis',
    said: 'Dragonfly',
    limit: 'answers come from it',
    ...launch,
    read: secondLevel,
  },
  {
    id: '10a',
    sentence: 'after: requests a second',
    said: '3,200 req/s',
    limit: 'at least 3,200 useful answers/s',
    ...launch,
    read: ({ plays }) => afterwards(plays.launch, 3_200),
  },
  { id: '10b', sentence: 'after: p99, from intention', said: '< 15 ms', limit: '< 15 ms, every operation', ...launch, read: p99 },
  { id: '10c', sentence: 'after: concurrent players', said: '15,000', limit: 'at least 15,000', ...launch, read: concurrent },
  { id: '10d', sentence: 'after: pod restarts', said: '0.04 %', limit: 'at most 0.04 % of pods', ...launch, read: restarts },
  { id: '10e', sentence: 'after: cache hit rate', said: '89 %', limit: 'at least 80 %', ...launch, read: (all) => hitRate(all, 0.8) },
  {
    id: '10f',
    sentence: 'the same, as high as in the story *',
    said: '89 %',
    limit: 'at least 89 % wanted',
    ...launch,
    decides: false,
    read: (all) => hitRate(all, 0.89),
  },
  {
    id: '11',
    sentence: 'players chain queries: every link is measured apart',
    said: 'never instrumented',
    limit: 'a p99 for each operation and for the chain',
    ...launch,
    read: linkByLink,
  },
  {
    id: '12',
    sentence: 'configuration is code: versioned and tested',
    said: 'tested',
    limit: 'checked before anything runs',
    ...later,
    read: ({ configuration: { scenarios } }) => ({
      measured: `${scenarios} scenarios in TypeScript, checked before anything runs`,
      met: null,
    }),
  },
];

/** Both sidecars' whole memory: with search and cache, and the same process with neither. */
function addedMemory({ plays: { hits, hitsForwarded } }: Evidence): Reading {
  const [full, bare] = [hits, hitsForwarded].map((played) => worstOf(played, 'sidecarRssBytesMax'));
  const pod = worstOf(hits, 'rssBytesMax');
  if (typeof full !== 'number' || typeof bare !== 'number') return notShown;
  const apart = `the same process with neither search nor cache ${writeBytes(bare)}: ${writeBytes(full - bare)} between them`;
  return { measured: `${writeBytes(full)} for the sidecar, of ${writeBytes(pod ?? null)} a pod; ${apart}`, met: true };
}

function worstOf(played: Played | undefined, of: 'sidecarRssBytesMax' | 'rssBytesMax'): number | null {
  const all = (played?.report.pods ?? []).flatMap((pod) => pod[of] ?? []);
  return all.length === 0 ? null : Math.max(...all);
}

const fasterMin = 0.3;

function fasterHits({ plays: { hits, hitsForwarded } }: Evidence): Reading {
  const [inside, through] = [hits, hitsForwarded].map((played) =>
    played === undefined ? null : (steady(played)?.operations.search.serviceUs.p50 ?? null),
  );
  if (typeof inside !== 'number' || typeof through !== 'number') return notShown;
  const lower = 1 - inside / through;
  return { measured: `${percent(lower)} lower: median ${writeUs(inside)} instead of ${writeUs(through)}`, met: lower >= fasterMin };
}

function secondLevel({ plays: { launch: played } }: Evidence): Reading {
  const hits = riseOf(played?.series['redisHits']);
  if (played === undefined || hits === null) return notShown;
  return { measured: `${writeCount(hits)} answers from ${played.report.cacheEngine ?? 'nothing'}`, met: hits > 0 };
}

function afterwards(played: Played | undefined, perSecondMin: number): Reading {
  const window = played === undefined ? null : steady(played);
  if (played === undefined || window === null) return notShown;
  const perSecond = usefulPerSecond(window);
  const each = played.report.crowd.requestsPerPlayerPerSecond;
  return {
    measured: `${writeRate(perSecond)} useful/s (${writeRate(each)} a player), verdict ${played.report.verdict.status}`,
    met: played.report.verdict.status === 'inconclusive' ? null : perSecond >= perSecondMin,
  };
}

const p99MsMax = 15;

function p99({ plays: { launch: played } }: Evidence): Reading {
  const window = played === undefined ? null : steady(played);
  const worst = window === null ? null : worstP99Ms(window);
  if (window === null || worst === null) return notShown;
  const each = operations.map((operation) => `${operation} ${writeUs(window.operations[operation].latencyUs.p99)}`);
  return { measured: each.join(', '), met: worst < p99MsMax };
}

function concurrent({ plays: { launch: played } }: Evidence): Reading {
  if (played === undefined) return notShown;
  return { measured: writeCount(playersMax(played)), met: playersMax(played) >= 15_000 };
}

const restartShareMax = 0.0004;

function restarts({ plays: { launch: played } }: Evidence): Reading {
  const pods = played?.report.pods ?? [];
  if (pods.length === 0) return notShown;
  const count = pods.reduce((sum, pod) => sum + pod.restarts, 0);
  return {
    measured: `${count} of ${pods.length} pods in this play: ${percent(count / pods.length)}`,
    met: count / pods.length <= restartShareMax,
  };
}

function hitRate({ plays: { launch: played } }: Evidence, shareMin: number): Reading {
  const cache = played?.report.cache ?? null;
  if (cache === null || cache.lookups === 0) return notShown;
  const share = cache.hits / cache.lookups;
  return { measured: `${percent(share)} of ${writeCount(cache.lookups)} lookups`, met: share >= shareMin };
}

function linkByLink({ plays: { launch: played } }: Evidence): Reading {
  const window = played === undefined ? null : steady(played);
  if (window === null) return notShown;
  const counts = operations.map((operation) => `${operation} ${writeCount(window.operations[operation].latencyUs.count)}`);
  const all = [...operations.map((operation) => window.operations[operation].latencyUs.count), window.chains.latencyUs.count];
  const chain = `chain ${writeCount(window.chains.latencyUs.count)}, p99 ${writeUs(window.chains.latencyUs.p99)}`;
  return { measured: `${counts.join(', ')}, ${chain}`, met: all.every((count) => count > 0) };
}

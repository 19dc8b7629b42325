import { writeCount } from '../report/numbers.ts';
import type { Evidence, Played } from './played.ts';
import { notShown, percent, type Reading, type StoryRow } from './story-row.ts';

/** Rows 5 and 6: the band-aid, and the Redis that nobody could talk to. */
export const rowsBandaid: readonly StoryRow[] = [
  {
    id: '5a',
    sentence: 'restarts, per pod within ten minutes, before and after',
    said: '3 % -> 22 %',
    limit: 'at least twice as many after',
    plays: [],
    basis: 'modelled',
    decides: false,
    read: ({ course: { restartShareBefore, restartShareAfter, evictedAfter } }) => ({
      measured: `${percent(restartShareBefore)} -> ${percent(restartShareAfter)}, ${evictedAfter} evicted`,
      met: restartShareAfter === null ? null : restartShareAfter >= 2 * restartShareBefore,
    }),
  },
  {
    id: '5b',
    sentence: 'limits over what nodes can allocate, per pod',
    said: '500 MB',
    limit: '450 to 550 MiB',
    plays: [],
    basis: 'modelled',
    decides: false,
    read: ({ course: { overcommitMiBPerPod } }) => ({
      measured: `${Math.round(overcommitMiBPerPod)} MiB`,
      met: overcommitMiBPerPod >= 450 && overcommitMiBPerPod <= 550,
    }),
  },
  {
    id: '5c',
    sentence: 'the autoscaler added nodes',
    said: '17 in 90 s',
    limit: '17 within 90 s',
    plays: [],
    basis: 'modelled',
    decides: false,
    read: ({ course: { nodesAdded, nodesAddedWithinS } }) => ({
      measured: `${nodesAdded} in ${nodesAddedWithinS ?? '–'} s`,
      met: nodesAddedWithinS === null ? null : nodesAdded === 17 && nodesAddedWithinS <= 90,
    }),
  },
  {
    id: '5d',
    sentence: 'a rolling restart dropped every request',
    said: '40 s',
    limit: '35 to 45 s without a ready pod',
    plays: [],
    basis: 'modelled',
    decides: false,
    read: ({ course: { secondsWithoutReadyPod } }) => ({
      measured: `${secondsWithoutReadyPod} s without a ready pod`,
      met: secondsWithoutReadyPod >= 35 && secondsWithoutReadyPod <= 45,
    }),
  },
  {
    id: '5e',
    sentence: 'the same roll on six real pods',
    said: 'every request',
    limit: 'requests dropped, counted',
    plays: ['bandaid'],
    basis: 'real',
    decides: false,
    read: ({ plays }) => dropped(plays.bandaid, 'roll', '0 exited'),
  },
  {
    id: '5f',
    sentence: 'evictions of six real pods, by what they use',
    said: '22 %',
    limit: 'pods evicted, requests dropped, counted',
    plays: ['bandaid'],
    basis: 'real',
    decides: false,
    read: ({ plays }) => dropped(plays.bandaid, 'node-pressure', '137 killed signal'),
  },
  {
    id: '6a',
    sentence: 'Redis refused every connection',
    said: 'an empty password',
    limit: 'every pod is refused',
    plays: ['careless'],
    basis: 'real',
    decides: true,
    read: refused,
  },
  {
    id: '6b',
    sentence: 'nobody saw it: what people looked at came from staging',
    said: 'logs from staging',
    limit: 'the dashboard is green, and the rehearsal says whose it is',
    plays: ['careless'],
    basis: 'real',
    decides: true,
    read: whoseDashboard,
  },
];

/** `exit`: how a process ends that this fault ends. */
function dropped(played: Played | undefined, id: string, exit: string): Reading {
  const fault = played?.report.faults.find((each) => each.id === id);
  const window = played?.report.windows.find(({ name }) => name === `during:${id}`);
  if (played === undefined || fault === undefined || window === undefined) return notShown;
  const all = Object.values(window.operations);
  const sum = (of: 'planned' | 'unreachable' | 'unknown'): number => all.reduce((total, operation) => total + operation[of], 0);
  const lost = sum('unreachable') + sum('unknown');
  const dark = played.report.seconds.filter(({ podsReady, fromMs }) => podsReady === 0 && fromMs >= window.fromMs && fromMs < window.toMs);
  const ended = played.report.pods.flatMap(({ exitReasons }) => exitReasons.filter((reason) => reason === exit)).length;
  return {
    measured: `${writeCount(lost)} of ${writeCount(sum('planned'))} requests dropped, ${ended} processes ended, ${dark.length} s with no pod ready`,
    met: fault.bite.proven ? lost > 0 && ended > 0 : null,
  };
}

function refused({ plays: { careless } }: Evidence): Reading {
  const pods = careless?.report.telemetry?.played ?? [];
  if (pods.length === 0) return notShown;
  const shut = pods.filter(({ redisUp, redisAuthRefused }) => redisUp === false && (redisAuthRefused ?? 0) > 0);
  const logins = pods.reduce((sum, { redisAuthRefused }) => sum + (redisAuthRefused ?? 0), 0);
  return { measured: `${shut.length} of ${pods.length} pods refused, ${writeCount(logins)} logins`, met: shut.length === pods.length };
}

function whoseDashboard({ plays: { careless } }: Evidence): Reading {
  const shown = careless?.report.telemetry?.shown ?? [];
  if (careless === undefined || shown.length === 0) return notShown;
  const green = shown.every(({ redisUp }) => redisUp === true);
  const said = careless.report.verdict.because.find((line) => line.includes('you are looking at'));
  const words = /you are looking at [\w-]+/.exec(said ?? '')?.[0];
  return { measured: `dashboard ${green ? 'green' : 'not green'}; "${words ?? 'nothing is said'}"`, met: green && said !== undefined };
}

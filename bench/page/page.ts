import { quantileMs } from '../ours/told.ts';
import type { CrowdPlayed } from '../parts/crowd-play.ts';
import type { PeerPlayed } from '../parts/peers-connected.ts';
import type { Round } from '../parts/throughput.ts';
import type { Peer } from '../peers/peer.ts';
import { median, short, shortRange } from './figures.ts';
import { judgeGoals, searchesOf } from './goals.ts';
import type { Machine } from './machine.ts';
import { table } from './markdown-table.ts';
import { type AllKept, parts } from './results.ts';
import { highest, service } from './service-sections.ts';

/** The page of figures, written from what was kept and nothing else: nobody edits it by hand. */
export function benchmarksPage(kept: AllKept, peers: readonly Peer[]): string {
  const sections = [
    goalsTable(kept),
    throughput(kept, peers),
    connected(kept),
    many(kept),
    service(kept),
    highest(kept),
    others(kept),
    runs(kept),
  ];
  return `${[head(), disturbance(kept), ...sections].filter((section) => section !== '').join('\n\n')}\n`;
}

function head(): string {
  return `# Benchmarks

Written by \`npm run bench:peers\`; the raw figures are in \`bench/results/\`. All of it was measured on one machine, on loopback: it says how
the generators compare there, not what any of them does elsewhere. Rates come from the server's own counter, never from a generator; CPU and
memory from the system, for a generator and everything it starts.`;
}

/** Said first where it is so: then rates are what was left to each, and only the cost of a request can be compared. */
function disturbance(kept: AllKept): string {
  const seen = [
    ...(kept.throughput?.figures.rounds ?? []),
    ...(kept.connected?.figures.runs ?? []),
    ...(kept.many?.figures.runs ?? []),
  ].map((each) => each.seen.othersCores);
  const most = Math.max(0, ...seen);
  if (most <= othersCoresMax) return '';
  const often = `${seen.filter((cores) => cores > othersCoresMax).length} of ${seen.length} measurements`;
  return `**The machine was not quiet.** In ${often} others took more than ${othersCoresMax} cores, ${short(most)} at most. Rates, latencies and what
follows from them are worth little then; CPU seconds for a request are still comparable. To be measured again on a quiet machine.`;
}

function goalsTable(kept: AllKept): string {
  const rows = judgeGoals(kept).map(({ goal, limit, measured, reached }) => [goal, limit, measured, reachedWord(reached)]);
  return `## Goals\n\n${table(['goal', 'limit', 'measured', ''], rows)}`;
}

/** More than this, and the others have had a part in the figures. */
const othersCoresMax = 0.1;

function reachedWord(reached: boolean | null): string {
  return reached === null ? '–' : reached ? 'reached' : '**missed**';
}

function throughput({ throughput: part }: AllKept, peers: readonly Peer[]): string {
  if (part === undefined) return '';
  const { players, warmupSeconds, measuredSeconds, rounds, failed, versions } = part.figures;
  const played = peers
    .map((peer) => ({ peer, rounds: rounds.filter((round) => round.peer === peer.name) }))
    .filter((each) => each.rounds.length > 0);
  played.sort((one, other) => (rateOf(other.rounds) ?? 0) - (rateOf(one.rounds) ?? 0));
  const own = rateOf(rounds.filter((round) => round.peer === 'launchstorm'));
  const rows = played.map(({ peer, rounds: its }) => [
    peer.name === 'launchstorm' ? '**launchstorm**' : `${peer.name} ${versions[peer.name] ?? peer.version}`,
    short(rateOf(its)),
    shortRange(its.map(({ seen }) => seen.requestsPerSecond)),
    short(own === null ? null : (rateOf(its) ?? 0) / own),
    short(perCpuSecond(its)),
    short(median(its.map(({ seen }) => seen.cpuSecondsPer100k))),
    short(median(its.map(({ seen }) => seen.rssMb))),
    its.map(emptyOf).join(', '),
    limitedBy(its),
  ]);
  const columns = [
    'generator',
    'requests/s',
    'range',
    'of ours',
    'per CPU second',
    'CPU s per 100,000',
    'MB',
    'empty chests, its count',
    'what was full',
  ];
  return `## The same work for everybody

${players} players, each on a connection of its own, kept alive, no think time: a search (POST, about 508 bytes), the spawns near the nearest
chest, the map there. One in a hundred searches finds an empty chest, drawn by a hash. Generator on one core, nginx (one worker, fixed
answers of about 930, 600 and 1,580 bytes, no access log) on the other. Interleaved rounds, ${measuredSeconds} s measured after ${warmupSeconds} s of warm-up.

${table(columns, rows)}

${played.map(({ peer }) => `- **${peer.name}** (${peer.what}) checks: ${peer.checks}.`).join('\n')}
${failed.map(({ peer, round, problem }) => `- ${peer}, round ${round}, failed: ${(problem.split('\n')[0] ?? '').slice(0, 200)}`).join('\n')}`.trimEnd();
}

function rateOf(rounds: readonly Round[]): number | null {
  return median(rounds.map(({ seen }) => seen.requestsPerSecond));
}

/** Requests for one second of a core, which a busy neighbour changes less than the rate. */
function perCpuSecond(rounds: readonly Round[]): number | null {
  const cost = median(rounds.map(({ seen }) => seen.cpuSecondsPer100k));
  return cost === null || cost === 0 ? null : 100_000 / cost;
}

function emptyOf({ own, serverRequests }: Round): string {
  return own.empty === null
    ? 'does not look'
    : `${((100 * own.empty) / searchesOf(own.requests ?? serverRequests, own.empty)).toFixed(2)} %`;
}

/** A core that is busy for more than nine tenths of the time is what a rate ends at. */
function limitedBy(rounds: readonly Round[]): string {
  const full = (cores: number | null) => cores !== null && cores > 0.9;
  const own = full(median(rounds.map(({ seen }) => seen.cores)));
  const server = full(median(rounds.map(({ seen }) => seen.serverCores)));
  if (own && server) return 'both cores';
  return own ? 'its own core' : server ? 'the server’s core' : 'neither core';
}

function connected({ connected: part }: AllKept): string {
  if (part === undefined || part.figures.runs.length === 0) return '';
  const { runs: own, peers } = part.figures;
  const [first] = own as [CrowdPlayed];
  const rows = [...own.map((run) => crowdRow('**launchstorm**', run)), ...peers.map(peerRow)];
  return `## 15,000 connected players

${short(first.wishes.players)} players, each on a connection of its own, one chain per ${first.wishes.everySeconds} s each. Generator on one core, nginx on the other.
${first.wishes.measuredSeconds} s measured, ${first.wishes.warmupSeconds} s after the first request.

${table(crowdColumns, rows)}`;
}

const crowdColumns = [
  'generator',
  'requests/s',
  'cores',
  'MB at most',
  'MB at the end',
  'CPU s before the first request',
  'all connected after',
  'p50 / p99, its own',
  'lag p99',
  'dropped',
];

function crowdRow(name: string, { seen, connectedSeconds, played }: CrowdPlayed): string[] {
  const { latencyUs, dropped } = { latencyUs: played.measured.latencyUs, dropped: played.whole.dropped };
  const times = `${short(quantileMs(latencyUs, 0.5))} / ${short(quantileMs(latencyUs, 0.99))} ms`;
  return [name, ...outside(seen), after(connectedSeconds), times, `${short(quantileMs(played.lagUs, 0.99))} ms`, short(dropped)];
}

function peerRow({ peer, seen, connectedSeconds, own }: PeerPlayed): string[] {
  return [
    peer,
    ...outside(seen),
    after(connectedSeconds),
    `${short(own?.p50Ms ?? null)} / ${short(own?.p99Ms ?? null)} ms`,
    'does not say',
    'does not say',
  ];
}

function outside({ requestsPerSecond, cores, rssMb, rssEndMb, cpuSecondsBefore }: CrowdPlayed['seen']): string[] {
  return [short(requestsPerSecond), short(cores), short(rssMb), short(rssEndMb), short(cpuSecondsBefore)];
}

function after(seconds: number | null): string {
  return seconds === null ? 'never all' : `${short(seconds)} s`;
}

function many({ many: part }: AllKept): string {
  if (part === undefined || part.figures.runs.length === 0) return '';
  const [first] = part.figures.runs as [CrowdPlayed, ...CrowdPlayed[]];
  return `## 100,000 connected players

One chain per ${first.wishes.everySeconds} s each, ${first.generators} generator processes and ${first.servers} servers on as many loopback addresses, all on the same two cores.

${table(
  crowdColumns,
  part.figures.runs.map((run) => crowdRow('**launchstorm**', run)),
)}`;
}

function others({ accounting, journeys, truth, 'first-request': first }: AllKept): string {
  const lines: string[] = [];
  if (accounting !== undefined) {
    const { sent, logLines, empty, loggedEmpty } = accounting.figures;
    lines.push(
      `- Accounting: ${short(sent)} requests sent, ${short(logLines)} lines in the access log; ${short(empty)} empty chests found, ${short(loggedEmpty)} handed out.`,
    );
  }
  if (journeys !== undefined) {
    lines.push(`- Journeys planned per second on one core: ${shortRange(journeys.figures.runs.map((run) => run.perSecond))}.`);
  }
  if (first !== undefined) {
    const { seconds, firstTouchSeconds, firstActSeconds = [] } = first.figures;
    const act = median(firstActSeconds);
    const crowds = act === null ? '' : ` Of that the crowd itself takes ${short(act)} s: so long nobody in it means to ask for anything.`;
    lines.push(
      `- From the start of \`load\` to the first request of a player: ${short(median(seconds))} s (${shortRange(seconds)}); to its first check of the target ${short(median(firstTouchSeconds))} s.${crowds}`,
    );
  }
  if (truth !== undefined) {
    lines.push(
      `- Histograms, windows and accounting take ${(truth.figures.truth * 100).toFixed(1)} % of the generator's time at work; the profile is in \`bench/profiles/\`.`,
    );
  }
  return lines.length === 0 ? '' : `## Also\n\n${lines.join('\n')}`;
}

function runs(kept: AllKept): string {
  const rows = parts.flatMap((part) => {
    const one = kept[part];
    return one === undefined ? [] : [[part, `\`${one.command}\``, commitOf(one.machine), one.machine.measuredAt, machineOf(one.machine)]];
  });
  const every = (kept.throughput?.figures.rounds ?? []).map(({ peer, round, seen, own }) => [
    peer,
    String(round),
    short(seen.requestsPerSecond),
    short(seen.cores),
    short(seen.serverCores),
    seen.othersCores > othersCoresMax ? `**${short(seen.othersCores)}**` : short(seen.othersCores),
    short(seen.rssMb),
    `${short(own.p50Ms)} / ${short(own.p99Ms)}`,
    short(own.failed),
  ]);
  const columns = [
    'generator',
    'round',
    'requests/s',
    'cores',
    'server cores',
    'others’ cores',
    'MB',
    'p50 / p99 ms, its own',
    'failed, its own',
  ];
  const rounds = every.length === 0 ? '' : `\n\n### Every round\n\n${table(columns, every)}`;
  return `## How it was measured\n\n${table(['part', 'command', 'commit', 'when', 'machine'], rows)}${rounds}`;
}

function commitOf({ commit, changed }: Machine): string {
  return changed === 0 ? commit : `${commit} and ${changed} changed files`;
}

function machineOf({ cores, cpu, memoryGib, kernel, node, nginx }: Machine): string {
  return `${cores} cores of ${cpu}, ${memoryGib} GiB, ${kernel}, Node ${node}, nginx ${nginx}`;
}

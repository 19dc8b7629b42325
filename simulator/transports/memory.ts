import type { Clock } from '../../core/clock.ts';
import { createRota, type Rota } from './rota.ts';
import type { Exchange, Reply, Transport } from './transport.ts';

/** What a pod of the script does with a request, and how long after it came in. */
export type ScriptedReply =
  | { afterMs: number; kind: 'answered'; status: number; body: string }
  | { afterMs: number; kind: 'unknown'; why: 'reset' | 'cut-off' | 'closed' | 'malformed' | 'oversized' }
  /** Never says anything. */
  | { kind: 'silent' };

/** Whoever plays the service: called once for each request that reaches a pod. */
export type Script = (exchange: Exchange, pod: string) => ScriptedReply;

/** The fake: pods that exist only here, on whatever clock it is given, with a hand on their lives. */
export type MemoryTransport = Transport & {
  /** From now on connections to the pod are refused; those that stand break, and so do their exchanges. */
  crash(pod: string): void;
  revive(pod: string): void;
  /** Requests that reached the pod: what its access log would hold. */
  counted(pod: string): number;
  /** Connections the pod took, ever. */
  accepted(pod: string): number;
};

type Flight = { player: number; pod: string; sentAtMs: number; ended: (reply: Reply) => void; cancelTimeout: () => void };

type Net = {
  clock: Clock;
  script: Script;
  rota: Rota;
  /** The pod that each connected player is connected to. */
  connections: Map<number, string>;
  flights: Map<number, Flight>;
  crashed: Set<string>;
  counted: Map<string, number>;
  accepted: Map<string, number>;
};

export function createMemoryTransport(clock: Clock, script: Script): MemoryTransport {
  const net: Net = {
    clock,
    script,
    rota: createRota(),
    connections: new Map(),
    flights: new Map(),
    crashed: new Set(),
    counted: new Map(),
    accepted: new Map(),
  };
  return {
    name: 'memory',
    route: net.rota.route,
    send: (exchange, ended) => send(net, exchange, ended),
    leave(player) {
      breakOff(net, 'closed', (flight) => flight.player === player);
      net.connections.delete(player);
    },
    async close() {
      breakOff(net, 'closed', () => true);
      net.connections.clear();
    },
    crash(pod) {
      net.crashed.add(pod);
      breakOff(net, 'reset', (flight) => flight.pod === pod);
      for (const [player, to] of net.connections) if (to === pod) net.connections.delete(player);
    },
    revive(pod) {
      net.crashed.delete(pod);
    },
    counted: (pod) => net.counted.get(pod) ?? 0,
    accepted: (pod) => net.accepted.get(pod) ?? 0,
  };
}

function send(net: Net, exchange: Exchange, ended: (reply: Reply) => void): void {
  const { clock, flights } = net;
  if (flights.has(exchange.player)) throw new RangeError(`Player ${exchange.player} still waits for an answer.`);
  const { pod, refused } = connect(net, exchange.player);
  const sentAtMs = clock.nowMs();
  if (refused !== null) {
    clock.after(0, () => ended({ kind: 'unreachable', why: refused, pod, sentAtMs, endedAtMs: sentAtMs }));
    return;
  }
  add(net.counted, pod);
  const cancelTimeout = clock.after(exchange.timeoutMs, () => breakOff(net, 'timeout', (one) => one === flight));
  const flight: Flight = { player: exchange.player, pod, sentAtMs, ended, cancelTimeout };
  flights.set(exchange.player, flight);
  answerBy(net, flight, net.script(exchange, pod));
}

/** The pod that the player is connected to now, or where and why there is no connection. */
function connect({ connections, rota, crashed, accepted }: Net, player: number): { pod: string; refused: string | null } {
  const standing = connections.get(player);
  if (standing !== undefined) return { pod: standing, refused: null };
  const pod = rota.next()?.pod;
  if (pod === undefined) return { pod: '', refused: 'no endpoint is ready' };
  if (crashed.has(pod)) return { pod, refused: 'connection refused' };
  connections.set(player, pod);
  add(accepted, pod);
  return { pod, refused: null };
}

function answerBy(net: Net, flight: Flight, scripted: ScriptedReply): void {
  if (scripted.kind === 'silent') return;
  net.clock.after(scripted.afterMs, () => {
    if (net.flights.get(flight.player) !== flight) return;
    const { pod, sentAtMs } = flight;
    if (scripted.kind === 'unknown') breakOff(net, scripted.why, (one) => one === flight);
    else land(net, flight, { kind: 'answered', status: scripted.status, body: scripted.body, pod, sentAtMs, endedAtMs: net.clock.nowMs() });
  });
}

/** Those exchanges end as `unknown`, and their connections with them. */
function breakOff(net: Net, why: Extract<Reply, { kind: 'unknown' }>['why'], concerns: (flight: Flight) => boolean): void {
  for (const flight of [...net.flights.values()].filter(concerns)) {
    const { player, pod, sentAtMs } = flight;
    net.connections.delete(player);
    land(net, flight, { kind: 'unknown', why, pod, sentAtMs, endedAtMs: net.clock.nowMs() });
  }
}

/** The one end of an exchange, never within `send`. */
function land(net: Net, flight: Flight, reply: Reply): void {
  flight.cancelTimeout();
  net.flights.delete(flight.player);
  net.clock.after(0, () => flight.ended(reply));
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

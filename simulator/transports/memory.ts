import type { Clock } from '../../core/clock.ts';
import type { WhyUnknown } from './reply.ts';
import { createRota, type Rota } from './rota.ts';
import type { Exchange, RequestSource, RequestText, Transport } from './transport.ts';

/** What a pod of the script does with a request, and how long after it came in. */
export type ScriptedReply =
  | { afterMs: number; kind: 'answered'; status: number; body: string }
  | { afterMs: number; kind: 'unknown'; why: Exclude<WhyUnknown, 'timeout'> }
  /** Never says anything. */
  | { kind: 'silent' };

/** A request as it reaches a pod. */
export type ReceivedRequest = RequestText & { player: number; method: RequestSource['method'] };

/** Whoever plays the service: called once for each request that reaches a pod. */
export type Script = (request: ReceivedRequest, pod: string) => ScriptedReply;

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

type Flight = { exchange: Exchange; pod: string; sentAtMs: number; landed: boolean; cancelTimeout: () => void };

type Net = {
  clock: Clock;
  script: Script;
  rota: Rota;
  /** The pod that each connected player is connected to. */
  connections: Map<number, string>;
  /** By player, until the end has been told. */
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
    send: (exchange) => send(net, exchange),
    leave(player) {
      breakOff(net, 'closed', ({ exchange }) => exchange.player === player);
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

function send(net: Net, exchange: Exchange): void {
  const { clock, flights } = net;
  if (flights.has(exchange.player)) throw new RangeError(`Player ${exchange.player} still waits for an answer.`);
  const { pod, refused } = connect(net, exchange.player);
  const flight: Flight = { exchange, pod, sentAtMs: clock.nowMs(), landed: false, cancelTimeout: nothing };
  flights.set(exchange.player, flight);
  if (refused !== null) {
    exchange.reply.failed('unreachable', refused);
    land(net, flight, nothing);
    return;
  }
  add(net.counted, pod);
  flight.cancelTimeout = clock.after(exchange.timeoutMs, () => breakOff(net, 'timeout', (one) => one === flight));
  answerBy(net, flight, net.script(receivedOf(exchange), pod));
}

function receivedOf({ player, request }: Exchange): ReceivedRequest {
  return { ...request.text(), player, method: request.method };
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
    if (flight.landed) return;
    if (scripted.kind === 'unknown') breakOff(net, scripted.why, (one) => one === flight);
    else deliver(net, flight, scripted);
  });
}

/** What the bytes lay in is used again afterwards, as on a real connection: who kept them finds nothing. */
function deliver(net: Net, flight: Flight, { status, body }: Extract<ScriptedReply, { kind: 'answered' }>): void {
  const bytes = encoder.encode(body);
  flight.exchange.reply.answered(status, bytes, 0, bytes.length);
  land(net, flight, () => bytes.fill(0));
}

/** Those exchanges end as `unknown`, and their connections with them. */
function breakOff(net: Net, why: WhyUnknown, concerns: (flight: Flight) => boolean): void {
  for (const flight of [...net.flights.values()]) {
    if (flight.landed || !concerns(flight)) continue;
    net.connections.delete(flight.exchange.player);
    flight.exchange.reply.failed('unknown', why);
    land(net, flight, nothing);
  }
}

/** The one end of an exchange, never within `send`. */
function land(net: Net, flight: Flight, afterwards: () => void): void {
  const { exchange, pod, sentAtMs } = flight;
  flight.landed = true;
  flight.cancelTimeout();
  exchange.reply.pod = pod;
  exchange.reply.sentAtMs = sentAtMs;
  exchange.reply.endedAtMs = net.clock.nowMs();
  net.clock.after(0, () => {
    net.flights.delete(exchange.player);
    exchange.ended();
    afterwards();
  });
}

const encoder = new TextEncoder();

function nothing(): void {}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import type { Clock } from '../../core/clock.ts';
import { createRota } from './rota.ts';
import type { Exchange, Reply, Transport } from './transport.ts';

/** What a pod of the script does with a request, and how long after it came in. */
export type ScriptedReply =
  | { afterMs: number; kind: 'answered'; status: number; body: string }
  | { afterMs: number; kind: 'unknown'; why: 'reset' | 'cut-off' | 'closed' | 'malformed' }
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

type Flight = { player: number; pod: string; sentAtMs: number; end: (reply: Reply) => void };

export function createMemoryTransport(clock: Clock, script: Script): MemoryTransport {
  const rota = createRota();
  const connections = new Map<number, string>();
  const flights = new Map<number, Flight>();
  const crashed = new Set<string>();
  const counted = new Map<string, number>();
  const accepted = new Map<string, number>();

  /** The pod that the player is connected to now, or where and why there is no connection. */
  function connect(player: number): { pod: string; refused: string | null } {
    const standing = connections.get(player);
    if (standing !== undefined) return { pod: standing, refused: null };
    const pod = rota.next()?.pod;
    if (pod === undefined) return { pod: '', refused: 'no endpoint is ready' };
    if (crashed.has(pod)) return { pod, refused: 'connection refused' };
    connections.set(player, pod);
    add(accepted, pod);
    return { pod, refused: null };
  }

  function breakOff(flight: Flight, why: 'timeout' | 'reset' | 'closed'): void {
    connections.delete(flight.player);
    flight.end({ kind: 'unknown', why, pod: flight.pod, sentAtMs: flight.sentAtMs, endedAtMs: clock.nowMs() });
  }

  /** The exchange's one end, whichever comes first: the script's, the time-out's, or a broken connection's. Never within `send`. */
  function takeOff(exchange: Exchange, pod: string, ended: (reply: Reply) => void): Flight {
    const cancelTimeout = clock.after(exchange.timeoutMs, () => breakOff(flight, 'timeout'));
    const flight: Flight = {
      player: exchange.player,
      pod,
      sentAtMs: clock.nowMs(),
      end(reply) {
        if (flights.get(exchange.player) !== flight) return;
        cancelTimeout();
        flights.delete(exchange.player);
        clock.after(0, () => ended(reply));
      },
    };
    flights.set(exchange.player, flight);
    return flight;
  }

  function answerBy(flight: Flight, scripted: ScriptedReply): void {
    if (scripted.kind === 'silent') return;
    clock.after(scripted.afterMs, () => {
      if (flights.get(flight.player) !== flight) return;
      const { pod, sentAtMs } = flight;
      const when = { pod, sentAtMs, endedAtMs: clock.nowMs() };
      if (scripted.kind === 'unknown') connections.delete(flight.player);
      flight.end(
        scripted.kind === 'answered'
          ? { kind: 'answered', status: scripted.status, body: scripted.body, ...when }
          : { kind: 'unknown', why: scripted.why, ...when },
      );
    });
  }

  return {
    name: 'memory',
    route: rota.route,
    send(exchange, ended) {
      if (flights.has(exchange.player)) throw new RangeError(`Player ${exchange.player} still waits for an answer.`);
      const { pod, refused } = connect(exchange.player);
      if (refused !== null) {
        const atMs = clock.nowMs();
        clock.after(0, () => ended({ kind: 'unreachable', why: refused, pod, sentAtMs: atMs, endedAtMs: atMs }));
        return;
      }
      add(counted, pod);
      answerBy(takeOff(exchange, pod, ended), script(exchange, pod));
    },
    leave(player) {
      const flight = flights.get(player);
      if (flight !== undefined) breakOff(flight, 'closed');
      connections.delete(player);
    },
    async close() {
      for (const flight of [...flights.values()]) breakOff(flight, 'closed');
      connections.clear();
    },
    crash(pod) {
      crashed.add(pod);
      for (const flight of [...flights.values()]) if (flight.pod === pod) breakOff(flight, 'reset');
      for (const [player, to] of connections) if (to === pod) connections.delete(player);
    },
    revive: (pod) => void crashed.delete(pod),
    counted: (pod) => counted.get(pod) ?? 0,
    accepted: (pod) => accepted.get(pod) ?? 0,
  };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

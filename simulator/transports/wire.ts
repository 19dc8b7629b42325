import type { LookupAddress } from 'node:dns';
import type { Clock } from '../../core/clock.ts';
import { Deadlines } from './deadlines.ts';
import { type FixedHeaders, fixedHeaders, type Headers } from './fixed-headers.ts';
import type { WhyUnknown } from './reply.ts';
import { createRota } from './rota.ts';
import type { Endpoint, Exchange, Transport } from './transport.ts';
import { Connection, type Switchboard } from './wire-connection.ts';
import { Doors } from './wire-doors.ts';
import { type WireEndpoint, wireEndpointOf } from './wire-endpoint.ts';
import { type Lines, ownLines, sharedLines } from './wire-lines.ts';
import { Seat } from './wire-seat.ts';
import { Workshop } from './wire-workshop.ts';

export type WireOptions = {
  clock: Clock;
  /** Sent with every request, names in lower case. */
  headers?: Headers;
  /**
   * Where the name in the endpoint's origin leads, one after the other, instead of asking DNS for every connection: players go
   * where consent was given for, and a thousand of them do not queue for the resolver.
   */
  addresses?: readonly LookupAddress[];
  /** Addresses of this machine to connect from, one after the other: each has ports of its own, about 28,000. */
  localAddresses?: readonly string[];
  /** Each player its own, as game clients have; or so many for all of them, as behind a proxy. */
  connections?: 'own' | { pool: number };
};

/** A connection that is not up by then is not coming; most players lose patience earlier. */
const connectMsMax = 10_000;

/**
 * HTTP/1.1 over bare sockets, for many players who each ask for a little: nothing is made for a request but what Node itself
 * makes to write it. Nothing is ever sent twice.
 */
export function createWireTransport(options: WireOptions): Transport {
  return new Wire(options);
}

class Wire implements Transport, Switchboard {
  readonly name = 'wire';
  private readonly clock: Clock;
  private readonly headers: FixedHeaders;
  private readonly workshop: Workshop;
  private readonly rota = createRota<WireEndpoint>();
  private readonly doors = new Doors();
  private readonly lines: Lines;
  private readonly deadlines: Deadlines;
  private readonly seats: (Seat | undefined)[] = [];
  /** Whose end is known and still to be told: never from within a call of our own. */
  private ending: Seat[] = [];
  private readonly tellAll = (): void => this.tell();

  constructor({ clock, headers = {}, addresses = [], localAddresses = [], connections = 'own' }: WireOptions) {
    this.clock = clock;
    this.headers = fixedHeaders(headers);
    this.workshop = new Workshop({ clock, addresses: addresses.map(({ address }) => address), localAddresses });
    this.deadlines = new Deadlines(clock, (player, nowMs) => this.checkDeadline(player, nowMs));
    const open = (seat: Seat, nowMs: number) => this.open(seat, nowMs);
    this.lines = connections === 'own' ? ownLines(open) : sharedLines(open, connections.pool);
  }

  send(exchange: Exchange, nowMs = this.clock.nowMs()): void {
    const seat = this.seats[exchange.player] ?? this.sitDown(exchange.player);
    seat.begin(exchange, nowMs);
    this.lines.carry(seat, nowMs);
    this.deadlines.watch(seat.player, seat.limitMs);
  }

  route(endpoints: readonly Endpoint[]): void {
    const ready = endpoints.map((endpoint) => wireEndpointOf(endpoint, this.headers));
    for (const endpoint of ready) this.workshop.outbox.makeRoomFor(endpoint);
    this.rota.route(ready);
  }

  leave(player: number): void {
    const seat = this.seats[player];
    if (seat === undefined) return;
    this.breakOff(seat);
    if (seat.connection !== null) this.hangUp(seat.connection);
  }

  async close(): Promise<void> {
    for (const seat of this.seats) if (seat !== undefined) this.breakOff(seat);
    for (const seat of this.seats) if (seat !== undefined && seat.connection !== null) this.hangUp(seat.connection);
    this.lines.closeIdle();
    this.deadlines.forget();
    this.rota.route([]);
    // The microtask that tells the ends was queued before.
    await Promise.resolve();
  }

  dialled(): void {
    this.doors.dialled();
  }

  answered(connection: Connection, stays: boolean): void {
    const { seat } = connection;
    const nowMs = this.clock.nowMs();
    if (stays) this.lines.freed(connection, nowMs);
    else this.lines.closed(connection, nowMs);
    seat?.land(nowMs);
  }

  lost(connection: Connection, why: WhyUnknown): void {
    const { seat } = connection;
    const nowMs = this.clock.nowMs();
    this.lines.closed(connection, nowMs);
    seat?.exchange?.reply.failed('unknown', why);
    seat?.land(nowMs);
  }

  /** A standing connection may have gone stale: the request goes out anew, once, to whoever is ready now. */
  unsent(connection: Connection, why: string): void {
    const { seat } = connection;
    const nowMs = this.clock.nowMs();
    this.lines.closed(connection, nowMs);
    if (seat === null) return;
    if (!connection.isStanding || seat.relaunched) this.strand(seat, why);
    else {
      seat.relaunched = true;
      seat.state = 'waiting';
      this.lines.carry(seat, nowMs);
    }
  }

  closed(connection: Connection): void {
    this.lines.closed(connection, this.clock.nowMs());
  }

  private sitDown(player: number): Seat {
    const seat = new Seat(player);
    this.seats[player] = seat;
    return seat;
  }

  private open(seat: Seat, nowMs: number): Connection | null {
    const endpoint = this.rota.next();
    if (endpoint === null) {
      seat.pod = '';
      this.strand(seat, 'no endpoint is ready');
      return null;
    }
    const connection = new Connection(endpoint, this, this.workshop);
    connection.seat = seat;
    seat.pod = endpoint.pod;
    seat.limitMs = Math.min(seat.deadlineMs, nowMs + connectMsMax);
    this.deadlines.watch(seat.player, seat.limitMs);
    this.doors.enter(connection);
    return connection;
  }

  private checkDeadline(player: number, nowMs: number): void {
    const seat = this.seats[player];
    if (seat === undefined || !seat.isUnderWay) return;
    if (nowMs < seat.limitMs) this.deadlines.watch(player, seat.limitMs);
    else this.expire(seat);
  }

  private expire(seat: Seat): void {
    const { connection } = seat;
    if (seat.state === 'sent') this.fail(seat, 'unknown', 'timeout');
    else this.strand(seat, connection === null ? 'no connection was free in time' : 'no connection in time');
    if (connection !== null) this.hangUp(connection);
  }

  /** We end what is under way. */
  private breakOff(seat: Seat): void {
    if (seat.state === 'sent') this.fail(seat, 'unknown', 'closed');
    else if (seat.state === 'waiting') this.strand(seat, 'closed before there was a connection');
  }

  private hangUp(connection: Connection): void {
    connection.close();
    this.lines.closed(connection, this.clock.nowMs());
  }

  /** Ends without anything having been sent. */
  private strand(seat: Seat, why: string): void {
    this.fail(seat, 'unreachable', why);
  }

  private fail(seat: Seat, kind: 'unknown' | 'unreachable', why: string): void {
    seat.exchange?.reply.failed(kind, why);
    seat.state = 'ending';
    this.ending.push(seat);
    if (this.ending.length === 1) queueMicrotask(this.tellAll);
  }

  private tell(): void {
    const { ending } = this;
    this.ending = [];
    const nowMs = this.clock.nowMs();
    for (const seat of ending) seat.land(nowMs);
  }
}

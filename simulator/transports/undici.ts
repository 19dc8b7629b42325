import type { LookupAddress } from 'node:dns';
import { buildConnector, Client } from 'undici';
import type { Clock } from '../../core/clock.ts';
import { inTurn } from './address-turns.ts';
import { bodyBytesMax, headBytesMax } from './answer-parser.ts';
import { Deadlines } from './deadlines.ts';
import { type FixedHeaders, fixedHeaders } from './fixed-headers.ts';
import { Flight } from './flight.ts';
import { createRota, type Rota } from './rota.ts';
import type { Endpoint, Exchange, RequestText, Transport } from './transport.ts';

export type UndiciOptions = {
  clock: Clock;
  /** Sent with every request, names in lower case. */
  headers?: { readonly [name: string]: string };
  /**
   * Where the name in the endpoint's origin leads, one after the other, instead of asking DNS for every connection: players go
   * where consent was given for, and a thousand of them do not queue for the resolver.
   */
  addresses?: readonly LookupAddress[];
  /** Certificates (PEM) to trust instead of the well-known ones, for https endpoints. */
  ca?: string;
  /** Takes any certificate. */
  insecure?: boolean;
  /**
   * Speaks HTTP/2 with an https endpoint that offers it. An answer that is reset half-way is noticed where its length was announced;
   * without one undici takes the reset for its end, and the players find half a JSON.
   */
  allowH2?: boolean;
};

/** A connection that is not up by then is not coming; most players lose patience earlier. */
const connectMsMax = 10_000;

/** Players think for up to a minute and a half; only the service, or a player who leaves, ends a connection before. */
const idleMsMax = 600_000;

type Shared = {
  clock: Clock;
  rota: Rota;
  deadlines: Deadlines;
  clientOptions: Client.Options;
  headers: FixedHeaders;
};

/**
 * Plays over real sockets: HTTP/1.1 or, where asked for, HTTP/2, with TLS or without. One `Client` of undici per player; nothing is
 * ever sent twice.
 * Handlers of undici are called directly: its promises, and `fetch` above all, cost more than the request does.
 */
export function createUndiciTransport({
  clock,
  headers = {},
  addresses = [],
  ca,
  insecure = false,
  allowH2 = false,
}: UndiciOptions): Transport {
  const trust = ca === undefined ? { rejectUnauthorized: !insecure } : { rejectUnauthorized: !insecure, ca };
  const lookup = addresses.length === 0 ? {} : { lookup: inTurn(addresses) };
  const connect = buildConnector({ allowH2, timeout: connectMsMax, ...trust, ...lookup });
  const seats: Seat[] = [];
  const deadlines = new Deadlines(clock, (player, nowMs) => seats[player]?.checkDeadline(nowMs));
  const shared: Shared = {
    clock,
    rota: createRota(),
    deadlines,
    headers: fixedHeaders(headers),
    clientOptions: {
      connect,
      allowH2,
      pipelining: 1,
      keepAliveTimeout: idleMsMax,
      keepAliveMaxTimeout: idleMsMax,
      // Ours is the only deadline: it counts the whole exchange, theirs only the silence between two bytes.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: bodyBytesMax,
      maxHeaderSize: headBytesMax,
    },
  };
  return {
    name: 'undici',
    route: shared.rota.route,
    send(exchange) {
      const seat = seats[exchange.player] ?? new Seat(shared);
      seats[exchange.player] = seat;
      seat.send(exchange);
    },
    leave: (player) => seats[player]?.leave(),
    async close() {
      for (const seat of seats) seat?.leave();
      deadlines.forget();
    },
  };
}

/** One player's place: its connection, and what it waits for. */
class Seat {
  private readonly shared: Shared;
  private client: Client | null = null;
  private endpoint: Endpoint | null = null;
  private flight: Flight | null = null;

  constructor(shared: Shared) {
    this.shared = shared;
  }

  send(exchange: Exchange): void {
    if (this.flight !== null) throw new RangeError(`Player ${exchange.player} still waits for an answer.`);
    const flight = new Flight(this.shared.clock, exchange, this);
    this.flight = flight;
    this.launch(flight);
    if (!flight.landed) this.shared.deadlines.watch(exchange.player, flight.deadlineMs);
  }

  /** Also called a second time for a flight whose standing connection turned out to be dead before anything was written. */
  launch(flight: Flight): void {
    const client = this.connected();
    flight.pod = this.endpoint?.pod ?? '';
    if (client === null || this.endpoint === null) {
      flight.strand('no endpoint is ready');
      return;
    }
    const { method } = flight.exchange.request;
    const text = flight.exchange.request.text();
    const path = `${this.endpoint.basePath}${text.path}`;
    client.dispatch({ method, path, body: text.body, headers: this.headersOf(text), blocking: false }, flight);
  }

  landed(): void {
    this.flight = null;
  }

  /** The connection is of no use any more: the next exchange gets another one, from whoever is ready then. */
  disconnect(): void {
    const { client } = this;
    this.client = null;
    if (client !== null) client.destroy(noError, nothing);
  }

  leave(): void {
    this.flight?.close();
    this.disconnect();
  }

  checkDeadline(nowMs: number): void {
    const { flight } = this;
    if (flight === null || flight.landed) return;
    if (flight.deadlineMs <= nowMs) flight.expire();
    else this.shared.deadlines.watch(flight.exchange.player, flight.deadlineMs);
  }

  private connected(): Client | null {
    if (this.client !== null) return this.client;
    this.endpoint = this.shared.rota.next();
    if (this.endpoint === null) return null;
    const client = new Client(this.endpoint.origin, this.shared.clientOptions);
    const forget = () => {
      if (this.client === client) this.disconnect();
    };
    // Left alone, a client connects again to the pod it knows, ready or not.
    client.on('disconnect', forget).on('connectionError', forget);
    this.client = client;
    return client;
  }

  private headersOf({ body, requestId }: RequestText): string[] {
    const { always, withBody } = this.shared.headers;
    return body === null ? [...always, 'x-request-id', requestId] : [...always, 'x-request-id', requestId, ...withBody];
  }
}

const noError = null;
const nothing = (): void => {};

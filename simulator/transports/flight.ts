import type { Dispatcher } from 'undici';
import type { Clock } from '../../core/clock.ts';
import type { WhyUnknown } from './reply.ts';
import type { Exchange } from './transport.ts';

/** Whoever holds the connection that a flight goes over. */
export interface Gate {
  launch(flight: Flight): void;
  disconnect(): void;
  /** The exchange has ended: the next one may begin. */
  landed(): void;
}

/**
 * One exchange under way, and the handler that undici calls. It lands exactly once. The line between `unreachable` and `unknown` is
 * `onRequestStart`: undici calls it on an open connection, in the same breath as the first write. After it anything may have happened.
 */
export class Flight implements Dispatcher.DispatchHandler {
  readonly exchange: Exchange;
  readonly deadlineMs: number;
  pod = '';
  landed = false;
  private readonly clock: Clock;
  private readonly gate: Gate;
  private sentAtMs: number;
  private started = false;
  private launches = 1;
  private answering = false;
  private status = 0;
  private head: Buffer | null = null;
  private rest: Buffer[] | null = null;

  constructor(clock: Clock, exchange: Exchange, gate: Gate) {
    this.clock = clock;
    this.exchange = exchange;
    this.gate = gate;
    this.sentAtMs = clock.nowMs();
    this.deadlineMs = this.sentAtMs + exchange.timeoutMs;
  }

  onRequestStart(): void {
    this.started = true;
    this.sentAtMs = this.clock.nowMs();
  }

  onResponseStarted(): void {
    this.answering = true;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.head === null) this.head = chunk;
    else if (this.rest === null) this.rest = [chunk];
    else this.rest.push(chunk);
  }

  onResponseEnd(): void {
    if (this.landed) return;
    const body = this.body();
    this.exchange.reply.answered(this.status, body, 0, body.length);
    this.land();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error & { code?: string }): void {
    if (this.landed) return;
    this.gate.disconnect();
    if (this.started) this.lose(whyOf(error, this.answering));
    else if (error.code === 'UND_ERR_DESTROYED' && this.launches === 1) this.relaunch();
    else this.strand(error.code ?? error.message);
  }

  /** Time is up. */
  expire(): void {
    if (this.started) this.lose('timeout');
    else this.strand('no connection in time');
    this.gate.disconnect();
  }

  /** We close the connection ourselves. */
  close(): void {
    if (this.landed) return;
    if (this.started) this.lose('closed');
    else this.strand('closed before there was a connection');
  }

  /** Ends without anything having been sent. */
  strand(why: string): void {
    if (this.landed) return;
    this.exchange.reply.failed('unreachable', why);
    this.land();
  }

  private lose(why: WhyUnknown): void {
    this.exchange.reply.failed('unknown', why);
    this.land();
  }

  /** The standing connection was closed while it idled. Nothing was written, so that this is no retry. Once only. */
  private relaunch(): void {
    this.launches += 1;
    this.gate.launch(this);
  }

  /** In a microtask: undici may be in the middle of its own bookkeeping, and swallows what a handler throws. */
  private land(): void {
    const { reply } = this.exchange;
    reply.pod = this.pod;
    reply.sentAtMs = this.sentAtMs;
    reply.endedAtMs = this.clock.nowMs();
    this.landed = true;
    this.head = null;
    this.rest = null;
    queueMicrotask(() => {
      this.gate.landed();
      this.exchange.ended();
    });
  }

  private body(): Uint8Array {
    if (this.head === null) return nothing;
    return this.rest === null ? this.head : Buffer.concat([this.head, ...this.rest]);
  }
}

const nothing = new Uint8Array(0);

/** A length that does not go with what comes is noticed before the parser itself has given up. */
const malformedCodes = ['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

function whyOf({ code = '', name }: Error & { code?: string }, answering: boolean): WhyUnknown {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'oversized';
  if (malformedCodes.includes(code) || name === 'HTTPParserError') return 'malformed';
  return answering ? 'cut-off' : 'closed';
}

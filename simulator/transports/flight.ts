import type { Dispatcher } from 'undici';
import type { Clock } from '../../core/clock.ts';
import type { Exchange, Reply } from './transport.ts';

/** Whoever holds the connection that a flight goes over. */
export interface Gate {
  launch(flight: Flight): void;
  disconnect(): void;
}

type Why = Extract<Reply, { kind: 'unknown' }>['why'];

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
  private readonly ended: (reply: Reply) => void;
  private readonly gate: Gate;
  private sentAtMs: number;
  private started = false;
  private launches = 1;
  private answering = false;
  private status = 0;
  private head: Buffer | null = null;
  private rest: Buffer[] | null = null;

  constructor(clock: Clock, exchange: Exchange, ended: (reply: Reply) => void, gate: Gate) {
    this.clock = clock;
    this.exchange = exchange;
    this.ended = ended;
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
    const { status, pod, sentAtMs } = this;
    this.land({ kind: 'answered', status, body: this.body(), pod, sentAtMs, endedAtMs: this.clock.nowMs() });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error & { code?: string }): void {
    if (this.landed) return;
    this.gate.disconnect();
    if (this.started) this.lose(whyOf(error, this.answering));
    else if (error.code === 'UND_ERR_DESTROYED' && this.launches === 1) this.relaunch();
    else this.strand(this.pod, error.code ?? error.message);
  }

  /** Time is up. */
  expire(): void {
    if (this.started) this.lose('timeout');
    else this.strand(this.pod, 'no connection in time');
    this.gate.disconnect();
  }

  /** We close the connection ourselves. */
  close(): void {
    if (this.landed) return;
    if (this.started) this.lose('closed');
    else this.strand(this.pod, 'closed before there was a connection');
  }

  /** Ends without anything having been sent. */
  strand(pod: string, why: string): void {
    this.land({ kind: 'unreachable', why, pod, sentAtMs: this.sentAtMs, endedAtMs: this.clock.nowMs() });
  }

  private lose(why: Why): void {
    this.land({ kind: 'unknown', why, pod: this.pod, sentAtMs: this.sentAtMs, endedAtMs: this.clock.nowMs() });
  }

  /** The standing connection was closed while it idled. Nothing was written, so that this is no retry. Once only. */
  private relaunch(): void {
    this.launches += 1;
    this.gate.launch(this);
  }

  /** In a microtask: undici may be in the middle of its own bookkeeping, and swallows what a handler throws. */
  private land(reply: Reply): void {
    if (this.landed) return;
    this.landed = true;
    this.head = null;
    this.rest = null;
    queueMicrotask(() => this.ended(reply));
  }

  private body(): string {
    if (this.head === null) return '';
    return this.rest === null ? this.head.toString('utf8') : Buffer.concat([this.head, ...this.rest]).toString('utf8');
  }
}

function whyOf({ code = '', name }: Error & { code?: string }, answering: boolean): Why {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'oversized';
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || name === 'HTTPParserError') return 'malformed';
  return answering ? 'cut-off' : 'closed';
}

/** Sent, at least in part, and no complete answer: it may have happened. */
export type WhyUnknown =
  | 'timeout'
  /** By the other side. */
  | 'reset'
  /** The connection ended in the middle of the answer. */
  | 'cut-off'
  /** It ended before the answer's first byte, or we closed it. */
  | 'closed'
  /** No HTTP. */
  | 'malformed'
  /** A body of more than 1 MiB. */
  | 'oversized';

const nothing = new Uint8Array(0);
const decoder = new TextDecoder();

/** What came of an exchange; filled by the transport, one object for a player's place. Times are the clock's monotonic milliseconds. */
export class Reply {
  /** `answered`: a complete answer. `unknown`: sent, no complete answer. `unreachable`: no connection was to be had, nothing was sent. */
  kind: 'answered' | 'unknown' | 'unreachable' = 'unreachable';
  /** Of an `unknown` one of `WhyUnknown`, of an `unreachable` an error's code or words; '' of an answer. */
  why = '';
  /** Of an answer; else 0. */
  status = 0;
  pod = '';
  sentAtMs = 0;
  endedAtMs = 0;
  /** The answer's body lies in `bytes` from `from` to `to`; only until `ended` returns, the buffer is used again. */
  bytes: Uint8Array = nothing;
  from = 0;
  to = 0;

  answered(status: number, bytes: Uint8Array, from: number, to: number): void {
    this.kind = 'answered';
    this.why = '';
    this.status = status;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Without a complete answer. */
  failed(kind: 'unknown' | 'unreachable', why: string): void {
    this.kind = kind;
    this.why = why;
    this.status = 0;
    this.bytes = nothing;
    this.from = 0;
    this.to = 0;
  }

  /** The body as text: only within `ended`. */
  text(): string {
    return decoder.decode(this.bytes.subarray(this.from, this.to));
  }
}

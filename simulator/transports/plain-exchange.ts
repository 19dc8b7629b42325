import { Reply } from './reply.ts';
import type { Exchange, RequestSource, RequestText, Transport } from './transport.ts';

/** What came of an exchange, to keep: a `Reply` is used again. */
export type Heard = Pick<Reply, 'kind' | 'why' | 'status' | 'pod' | 'sentAtMs' | 'endedAtMs'> & { body: string };

export type PlainRequest = RequestText & { method: RequestSource['method'] };

/** For tests and for whoever asks once in a while: one exchange, its request given as text, its end as a promise. */
export class PlainExchange implements Exchange {
  readonly player: number;
  readonly request: RequestSource;
  readonly timeoutMs: number;
  readonly reply = new Reply();
  readonly heard: Promise<Heard>;
  private tell: (heard: Heard) => void = () => {};
  private ends = 0;

  constructor(player: number, request: PlainRequest, timeoutMs: number) {
    this.player = player;
    this.request = sourceOf(request);
    this.timeoutMs = timeoutMs;
    this.heard = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  ended(): void {
    this.ends += 1;
    if (this.ends > 1) throw new RangeError(`The exchange of player ${this.player} ended twice.`);
    const { kind, why, status, pod, sentAtMs, endedAtMs } = this.reply;
    this.tell({ kind, why, status, pod, sentAtMs, endedAtMs, body: this.reply.text() });
  }
}

export function ask(transport: Transport, player: number, request: PlainRequest, timeoutMs: number): Promise<Heard> {
  const exchange = new PlainExchange(player, request, timeoutMs);
  transport.send(exchange);
  return exchange.heard;
}

function sourceOf({ method, path, body, requestId }: PlainRequest): RequestSource {
  const encoder = new TextEncoder();
  const write = (text: string) => (bytes: Uint8Array, at: number) => at + encoder.encodeInto(text, bytes.subarray(at)).written;
  return {
    method,
    writePath: write(path),
    writeRequestId: write(requestId),
    writeBody: write(body ?? ''),
    text: () => ({ path, body, requestId }),
  };
}

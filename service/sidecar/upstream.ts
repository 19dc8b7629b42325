import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import type { SidecarRequest } from './exchange.ts';

export type UpstreamOptions = {
  readonly port: number;
  /** Read whenever the main process cannot be reached: it may be back on another port. Empty for none. */
  readonly portFile: string;
  readonly connectionsMax: number;
  /** Requests that may wait for a connection; one more is refused at once. */
  readonly queueMax: number;
};

export type UpstreamReply = { status: number; headers: { readonly [name: string]: string }; body: string };
/** `late`: its time was over. `away`: nobody there. `full`: too many wait. */
export type UpstreamResult = { kind: 'reply'; reply: UpstreamReply } | { kind: 'late' } | { kind: 'away' } | { kind: 'full' };

/** What is sent on of a request. `restMs` is what is left of its time. */
export type Forward = Pick<SidecarRequest, 'method' | 'target' | 'contentType' | 'requestId'> & {
  body: Buffer | null;
  traceparent: string;
  restMs: number;
};

/** Hop by hop, or ours to say. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-type',
  'date',
  'x-pod',
  'x-request-id',
]);
const answerBytesMax = 1_048_576;

/** The main process of this pod: few connections, a short line in front of them, and nobody waits longer than is left of his time. */
export class Upstream {
  private readonly options: UpstreamOptions;
  private pool: Pool | null;
  private port: number;
  private underWay = 0;
  private readonly waiting: { go: (isTurn: boolean) => void; timer: NodeJS.Timeout }[] = [];

  constructor(options: UpstreamOptions) {
    this.options = options;
    this.port = options.port;
    this.pool = options.port === 0 ? null : this.poolAt(options.port);
    if (this.pool === null) this.lookForPort();
  }

  async send(forward: Forward): Promise<UpstreamResult> {
    const startedAtMs = performance.now();
    if (this.underWay >= this.options.connectionsMax) {
      if (this.waiting.length >= this.options.queueMax) return { kind: 'full' };
      if (!(await this.turn(forward.restMs))) return { kind: 'late' };
    }
    this.underWay += 1;
    try {
      return await this.exchange({ ...forward, restMs: Math.floor(forward.restMs - (performance.now() - startedAtMs)) });
    } finally {
      this.underWay -= 1;
      const next = this.waiting.shift();
      clearTimeout(next?.timer);
      next?.go(true);
    }
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }

  private turn(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const seat = { go: resolve, timer: setTimeout(() => this.giveUp(seat), withinMs) };
      this.waiting.push(seat);
    });
  }

  private giveUp(seat: { go: (isTurn: boolean) => void; timer: NodeJS.Timeout }): void {
    this.waiting.splice(this.waiting.indexOf(seat), 1);
    seat.go(false);
  }

  private async exchange(forward: Forward): Promise<UpstreamResult> {
    if (forward.restMs <= 0) return { kind: 'late' };
    if (this.pool === null && !this.lookForPort()) return { kind: 'away' };
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), forward.restMs);
    try {
      const { statusCode, headers, body } = await (this.pool as Pool).request({
        method: forward.method as 'GET',
        path: forward.target,
        headers: headersOf(forward),
        body: forward.body,
        signal: abort.signal,
      });
      const bytes = Buffer.from(await body.arrayBuffer());
      return { kind: 'reply', reply: { status: statusCode, headers: kept(headers), body: bytes.toString('latin1') } };
    } catch {
      if (abort.signal.aborted) return { kind: 'late' };
      this.lookForPort();
      return { kind: 'away' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whether there is anybody to ask; another port means another process, and connections of its own. */
  private lookForPort(): boolean {
    if (this.options.portFile === '') return this.pool !== null;
    const port = portIn(this.options.portFile);
    if (port === null || port === this.port) return this.pool !== null;
    void this.pool?.destroy();
    this.port = port;
    this.pool = this.poolAt(port);
    return true;
  }

  private poolAt(port: number): Pool {
    const { connectionsMax } = this.options;
    return new Pool(`http://127.0.0.1:${port}`, {
      connections: connectionsMax,
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: answerBytesMax,
    });
  }
}

function headersOf({ contentType, requestId, traceparent, restMs }: Forward): { [name: string]: string } {
  return {
    traceparent,
    'x-budget-ms': String(restMs),
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(requestId === null ? {} : { 'x-request-id': requestId }),
  };
}

function kept(headers: { readonly [name: string]: string | string[] | undefined }): { [name: string]: string } {
  const entries = Object.entries(headers).filter(([name]) => !ownHeaders.has(name) || name === 'content-type' || name === 'x-request-id');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function portIn(path: string): number | null {
  try {
    const { port } = JSON.parse(readFileSync(path, 'utf8')) as { port?: unknown };
    return typeof port === 'number' ? port : null;
  } catch {
    return null;
  }
}

import { readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { UpstreamListener } from '../operations/link-metrics.ts';
import { Absence, unlessAborted } from './absence.ts';
import type { SidecarRequest } from './exchange.ts';
import { type LineResult, UpstreamLine } from './upstream-line.ts';

export type UpstreamOptions = {
  readonly port: number;
  /** Read whenever the main process cannot be reached: it may be back on another port. Empty for none. */
  readonly portFile: string;
  readonly connectionsMax: number;
  /** Requests that may wait for a connection; one more is refused at once. */
  readonly queueMax: number;
  readonly onResult?: UpstreamListener;
};

export type UpstreamReply = { status: number; headers: { readonly [name: string]: string }; body: string };
/** `late`: its time was over. `away`: nobody there. `full`: too many wait. */
export type UpstreamResult = { kind: 'reply'; reply: UpstreamReply } | { kind: 'late' } | { kind: 'away' } | { kind: 'full' };

/** What is sent on of a request. `restMs` is what is left of its time. */
export type Forward = Pick<SidecarRequest, 'method' | 'target' | 'contentType' | 'requestId'> & {
  body: Buffer | null;
  traceparent: string;
  restMs: number;
  /** Whether it waits for a main process that is being restarted. */
  isAwaited: boolean;
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
/** A process whose queue is full lets callers knock for minutes. */
const knockMsMax = 250;
const plainTarget = /^\/[!-~]*$/;

/**
 * The main process of this pod: few connections, a short line in front of them, and nobody waits longer than is left of his time. While it
 * is restarted those who only it can answer wait for it; who comes when it has been away for longer is told so at once.
 */
export class Upstream {
  private readonly options: UpstreamOptions;
  /** For reading, which is nearly all: standing connections that nothing is under way on. */
  private readonly idle: UpstreamLine[] = [];
  private readonly lines = new Set<UpstreamLine>();
  /** Node's own client, for the rest: another one would cost the sidecar more memory than its whole cache. */
  private readonly agent: Agent;
  /** 0 while nobody said where the main process is. */
  private port: number;
  private readonly absence = new Absence({ isThere: () => this.isThere(), nowMs: () => performance.now(), pause });
  private underWay = 0;
  private readonly waiting: { go: (isTurn: boolean) => void; timer: NodeJS.Timeout }[] = [];

  constructor(options: UpstreamOptions) {
    this.options = options;
    this.port = options.port;
    this.agent = new Agent({ keepAlive: true, maxSockets: options.connectionsMax, maxFreeSockets: options.connectionsMax });
    if (this.port === 0) this.lookForPort();
  }

  async send(forward: Forward): Promise<UpstreamResult> {
    const startedAtMs = performance.now();
    const result = await this.sendFrom(forward, startedAtMs);
    this.options.onResult?.(result.kind, (performance.now() - startedAtMs) / 1_000);
    return result;
  }

  close(): void {
    this.agent.destroy();
    for (const line of this.lines) line.close();
  }

  private async sendFrom(forward: Forward, startedAtMs: number): Promise<UpstreamResult> {
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
    if (this.port === 0 && !this.lookForPort()) return { kind: 'away' };
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), forward.restMs);
    try {
      return { kind: 'reply', reply: await this.askWhereItIs(forward, abort.signal) };
    } catch {
      return { kind: abort.signal.aborted && !this.absence.isOn ? 'late' : 'away' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asked once more where that does no harm and somebody is there again: a restart takes less than most requests may. */
  private async askWhereItIs(forward: Forward, signal: AbortSignal): Promise<UpstreamReply> {
    try {
      return await this.askNow(forward, signal);
    } catch (error) {
      if (!isHarmless(error as NodeJS.ErrnoException, forward) || signal.aborted) throw error;
      if (!(await this.isBack(forward, signal))) throw error;
      return this.askNow(forward, signal);
    }
  }

  private isBack({ isAwaited }: Forward, signal: AbortSignal): Promise<boolean> {
    return unlessAborted(isAwaited ? this.absence.over() : this.isThere(), signal);
  }

  private async askNow(forward: Forward, signal: AbortSignal): Promise<UpstreamReply> {
    const reply = await this.ask(forward, signal);
    this.absence.isOver();
    return reply;
  }

  private async ask(forward: Forward, signal: AbortSignal): Promise<UpstreamReply> {
    if (forward.method !== 'GET' || !plainTarget.test(forward.target)) return this.askInFull(forward, signal);
    const result = await this.read(forward, signal);
    if (result.kind === 'failed') throw Object.assign(new Error(result.code), { code: result.code });
    if (result.kind === 'odd') return this.askInFull(forward, signal);
    const { status, headers, body } = result.reply;
    return { status, headers: kept(headers), body };
  }

  private read(forward: Forward, signal: AbortSignal): Promise<LineResult> {
    const line = this.lineTo(this.port);
    return new Promise((resolve) => {
      const giveUp = (): void => {
        line.close();
        this.lines.delete(line);
        resolve({ kind: 'failed', code: 'ABORT_ERR' });
      };
      signal.addEventListener('abort', giveUp, { once: true });
      line.ask(textOf(forward), (result) => {
        signal.removeEventListener('abort', giveUp);
        if (line.isOpen) this.idle.push(line);
        else this.lines.delete(line);
        resolve(result);
      });
    });
  }

  /** One that stands there, or a new one. Lines to where the main process was before are of no use any more. */
  private lineTo(port: number): UpstreamLine {
    for (let line = this.idle.pop(); line !== undefined; line = this.idle.pop()) {
      if (line.isOpen && line.port === port) return line;
      line.close();
      this.lines.delete(line);
    }
    const line = new UpstreamLine(port, answerBytesMax);
    this.lines.add(line);
    return line;
  }

  private askInFull(forward: Forward, signal: AbortSignal): Promise<UpstreamReply> {
    const { method, target: path, body } = forward;
    const headers = { ...headersOf(forward), ...(body === null ? {} : { 'content-length': body.length }) };
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: this.port, agent: this.agent, method, path, headers, signal });
      asked.once('error', reject);
      asked.once('response', (response) => void replyOf(response).then(resolve, reject));
      asked.end(body ?? undefined);
    });
  }

  /** A port that is not announced any more may be anybody's by now. */
  private isThere(): Promise<boolean> {
    const { portFile } = this.options;
    if (portFile !== '' && portIn(portFile) === null) return Promise.resolve(false);
    this.lookForPort();
    return new Promise((resolve) => {
      const knock = connect({ host: '127.0.0.1', port: this.port, timeout: knockMsMax });
      const say = (isThere: boolean) => () => {
        resolve(isThere);
        knock.destroy();
      };
      knock.once('error', say(false)).once('timeout', say(false)).once('connect', say(true));
    });
  }

  /** Whether there is anybody to ask. Another port means another process. */
  private lookForPort(): boolean {
    const port = this.options.portFile === '' ? null : portIn(this.options.portFile);
    if (port !== null) this.port = port;
    return this.port !== 0;
  }
}

/** What was refused was not heard, and who only reads may read twice. */
function isHarmless({ code }: NodeJS.ErrnoException, { method }: Forward): boolean {
  return code === 'ECONNREFUSED' || (code === 'ECONNRESET' && method === 'GET');
}

async function replyOf(response: IncomingMessage): Promise<UpstreamReply> {
  let body = '';
  for await (const chunk of response.setEncoding('latin1')) {
    body += chunk as string;
    if (body.length > answerBytesMax) throw new RangeError('the answer is too long');
  }
  return { status: response.statusCode ?? 502, headers: kept(response.headers), body };
}

function headersOf({ contentType, requestId, traceparent, restMs }: Forward): { [name: string]: string } {
  return {
    traceparent,
    'x-budget-ms': String(restMs),
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(requestId === null ? {} : { 'x-request-id': requestId }),
  };
}

function textOf(forward: Forward): string {
  let text = `GET ${forward.target} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  const headers = headersOf(forward);
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  return `${text}\r\n`;
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

import { connect, type Socket } from 'node:net';

export type LineReply = { status: number; headers: { readonly [name: string]: string }; body: string };
/** How an exchange ended. `odd`: an answer in a form that is not read here; whoever wants it asks with a full client. */
export type LineResult = { kind: 'reply'; reply: LineReply } | { kind: 'odd' } | { kind: 'failed'; code: string };

const headBytesMax = 16 * 1_024;
/** One for all lines: what came is taken out of it before anything else comes. */
const arrivals = Buffer.allocUnsafeSlow(64 * 1_024);
const statusLine = /^HTTP\/1\.1 (\d{3}) /;

/**
 * A standing connection to the main process that carries one request at a time, for the plain form of answers: HTTP/1.1 with a length.
 * Node's own client takes several times as long for each of them, and what the cache misses all goes this way.
 */
export class UpstreamLine {
  readonly port: number;
  isOpen = true;
  private readonly socket: Socket;
  private readonly bytesMax: number;
  private text = '';
  /** Where the answer under way ends; null until its head is there. */
  private end: number | null = null;
  private head: Omit<LineReply, 'body'> | null = null;
  private done: ((result: LineResult) => void) | null = null;

  constructor(port: number, bytesMax: number) {
    this.port = port;
    this.bytesMax = bytesMax;
    const callback = (bytes: number): boolean => {
      this.hear(arrivals.toString('latin1', 0, bytes));
      return true;
    };
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer: arrivals, callback } });
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.fail(error.code ?? error.message));
    this.socket.on('close', () => this.fail('ECONNRESET'));
  }

  /** `done` hears of it once. The line must be open, and nothing under way. */
  ask(request: string, done: (result: LineResult) => void): void {
    this.done = done;
    this.text = '';
    this.head = null;
    this.end = null;
    this.socket.write(request, 'latin1');
  }

  close(): void {
    this.isOpen = false;
    this.done = null;
    this.socket.destroy();
  }

  private hear(text: string): void {
    // Nobody asked: what comes now cannot be told from the next answer.
    if (this.done === null) {
      this.close();
      return;
    }
    this.text += text;
    if (this.head === null && !this.readHead()) return;
    const end = this.end as number;
    if (this.text.length < end) return;
    const { status, headers } = this.head as Omit<LineReply, 'body'>;
    const isLast = this.text.length > end || headers['connection'] === 'close';
    const body = this.text.slice(end - Number(headers['content-length']), end);
    this.tell({ kind: 'reply', reply: { status, headers, body } }, isLast);
  }

  /** Whether the head is there and in the plain form. */
  private readHead(): boolean {
    const headEnd = this.text.indexOf('\r\n\r\n');
    if (headEnd < 0 && this.text.length <= headBytesMax) return false;
    const status = Number(statusLine.exec(this.text)?.[1] ?? 0);
    const headers = headEnd < 0 ? {} : headersIn(this.text.slice(0, headEnd));
    const length = headers['content-length'] ?? '';
    const isPlain = status >= 200 && status !== 204 && status !== 304 && headers['transfer-encoding'] === undefined;
    if (!isPlain || !/^\d{1,7}$/.test(length) || Number(length) > this.bytesMax) {
      this.tell({ kind: 'odd' }, true);
      return false;
    }
    this.head = { status, headers };
    this.end = headEnd + 4 + Number(length);
    return true;
  }

  private fail(code: string): void {
    this.tell({ kind: 'failed', code }, true);
  }

  private tell(result: LineResult, isLast: boolean): void {
    const { done } = this;
    this.done = null;
    this.text = '';
    if (isLast) this.close();
    done?.(result);
  }
}

function headersIn(head: string): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

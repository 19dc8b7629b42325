import type { Socket } from 'node:net';
import type { Answerer, SidecarAnswer } from '../exchange.ts';
import { headOf } from '../exchange.ts';
import { Canvas } from '../painting.ts';
import { arePassing, withSharedReads } from './arrivals.ts';
import type { PlainHead } from './head.ts';
import { KnownHeads } from './known-head.ts';

export type HotLaneParts = {
  readonly answerer: Answerer;
  readonly podName: string;
  readonly bodyBytesMax: number;
  readonly keepAliveTimeoutMs: number;
  /** Books an answer before its first byte is sent. */
  account(answer: SidecarAnswer, arrivedAtMs: number): void;
  /** Takes a connection over for good, with what it has said already. */
  takeOver(socket: Socket, bytes: Buffer): void;
  isDraining(): boolean;
};

const headBytesMax = 16 * 1_024;
/** What may wait of a caller who sends further requests before the answer. */
const waitingBytesMax = 64 * 1_024;
/** Whole requests come in one piece or two, within a round trip of each other. */
const partMsMax = 5_000;
const nothing = Buffer.alloc(0);
const endOfHead = Buffer.from('\r\n\r\n');
/** One for all connections: an answer is written in one go. */
const canvas = new Canvas();
/** And for all clients: most are of one kind. */
const heads = new KnownHeads();

/**
 * A player's connection, as long as everything on it is plain: requests are read in place, one after the other, and each answer is one
 * write. The first thing that is not plain moves the connection to the slow lane, where a full HTTP server reads the same bytes.
 */
export class HotConnection {
  private readonly socket: Socket;
  private readonly parts: HotLaneParts;
  /** What came and is not read yet. */
  private waiting: Buffer = nothing;
  private isBusy = false;
  private isTakenOver = false;
  /** Since when a part of a request is here and the rest is not. */
  private partSinceMs: number | null = null;
  private readonly onBytes = (bytes: Buffer): void => this.hear(bytes);

  constructor(accepted: Socket, parts: HotLaneParts) {
    this.parts = parts;
    this.socket = withSharedReads(accepted, this.onBytes);
    this.socket.on('error', ignore);
    this.socket.setTimeout(parts.keepAliveTimeoutMs, () => this.socket.destroy());
  }

  onClose(gone: () => void): void {
    this.socket.once('close', gone);
  }

  /** Ends it as soon as nothing is under way. */
  drain(): void {
    if (!this.isBusy && !this.isTakenOver && this.waiting.length === 0) this.socket.end();
  }

  /** Called every now and then: who trickles his request is handed to the slow lane, which ends that in the right form. */
  sweep(nowMs: number): void {
    if (this.partSinceMs !== null && nowMs - this.partSinceMs > partMsMax) this.leave();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private hear(bytes: Buffer): void {
    // The slow lane reads its connections itself; what it leaves to the socket belongs to it all the same.
    if (this.isTakenOver) this.socket.push(Buffer.from(bytes));
    else this.take(bytes);
  }

  private take(bytes: Buffer): void {
    this.waiting = this.waiting.length === 0 ? bytes : Buffer.concat([this.waiting, bytes]);
    if (this.isBusy && this.waiting.length > waitingBytesMax) this.socket.pause();
    while (!this.isBusy && this.waiting.length > 0 && this.readOne()) {
      // One request after the other, until one is incomplete, or has to be waited for.
    }
    if (arePassing(this.waiting)) this.waiting = this.waiting.length === 0 ? nothing : Buffer.from(this.waiting);
    if (this.isBusy || this.waiting.length === 0) this.partSinceMs = null;
    else this.partSinceMs ??= performance.now();
  }

  /** Whether a whole request was there and is answered. */
  private readOne(): boolean {
    const bytes = this.waiting;
    const head = heads.recognise(bytes) ?? readInFull(bytes);
    if (head === 'incomplete') return false;
    if (head === null || head.bodyBytes > this.parts.bodyBytesMax) return this.leave();
    const { bodyAt } = heads;
    const end = bodyAt + head.bodyBytes;
    if (bytes.length < end) return false;
    this.waiting = bytes.length === end ? nothing : bytes.subarray(end);
    const arrivedAtMs = performance.now();
    const answer = this.parts.answerer.answer({ ...head, body: bytes.subarray(bodyAt, end), arrivedAtMs });
    if (answer instanceof Promise) void this.answerLater(answer, arrivedAtMs);
    else this.send(answer, arrivedAtMs);
    return true;
  }

  private async answerLater(answer: Promise<SidecarAnswer>, arrivedAtMs: number): Promise<void> {
    this.isBusy = true;
    const settled = await answer;
    this.isBusy = false;
    this.send(settled, arrivedAtMs);
    this.socket.resume();
    this.take(nothing);
  }

  private send(answer: SidecarAnswer, arrivedAtMs: number): void {
    if (!this.socket.writable) return;
    this.parts.account(answer, arrivedAtMs);
    const isLast = answer.isLast || this.parts.isDraining();
    const manners = { podName: this.parts.podName, connection: isLast ? 'close' : 'keep-alive' } as const;
    canvas.send(this.socket, answer.body, (bytes) => headOf(answer, bytes, manners));
    if (isLast) this.socket.end();
  }

  private leave(): false {
    this.isTakenOver = true;
    this.partSinceMs = null;
    this.socket.off('error', ignore).off('data', this.onBytes);
    this.socket.setTimeout(0);
    const bytes = Buffer.from(this.waiting);
    this.waiting = nothing;
    this.parts.takeOver(this.socket, bytes);
    return false;
  }
}

/** Null for what is not plain. */
function readInFull(bytes: Buffer): PlainHead | 'incomplete' | null {
  const headEnd = bytes.indexOf(endOfHead);
  if (headEnd < 0) return bytes.length > headBytesMax ? null : 'incomplete';
  return headEnd > headBytesMax ? null : heads.read(bytes, headEnd + endOfHead.length);
}

/** A player who vanishes is nobody's error: `close` follows. */
function ignore(): void {}

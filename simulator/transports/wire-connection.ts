import { connect, type Socket } from 'node:net';
import type { AnswerParser } from './answer-parser.ts';
import type { WhyUnknown } from './reply.ts';
import type { WireEndpoint } from './wire-endpoint.ts';
import { codeOf } from './wire-hatch.ts';
import type { Seat } from './wire-seat.ts';
import type { Workshop } from './wire-workshop.ts';

/** Whoever opens connections and hands them out. Each of these is told at most once for one exchange. */
export interface Switchboard {
  /** It stands, or will never do: another one may be dialled. */
  dialled(): void;
  /** Nothing of the request was sent: there is no connection, or it proved dead before. */
  unsent(connection: Connection, why: string): void;
  /** The reply is filled. `stays`: the connection may carry another exchange. */
  answered(connection: Connection, stays: boolean): void;
  /** Sent, and no complete answer will come. The connection is closed. */
  lost(connection: Connection, why: WhyUnknown): void;
  /** It has closed while it carried nothing. */
  closed(connection: Connection): void;
}

type WireSocket = Socket & { connection: Connection };

/** A socket to one endpoint, and one exchange at a time over it. Between exchanges it holds no memory but its own. */
export class Connection {
  readonly endpoint: WireEndpoint;
  /** Whose exchange it carries or will carry; where players have connections of their own, its player. */
  seat: Seat | null = null;
  state: 'queued' | 'dialling' | 'open' | 'closed' = 'queued';
  private readonly board: Switchboard;
  private readonly workshop: Workshop;
  private socket: WireSocket | null = null;
  /** Of the answer under way, once a read has cut it. */
  private parser: AnswerParser | null = null;
  /** Its request is written down and not sent yet. */
  private holds = false;
  private carries = false;
  /** Once the kernel could not take a request at once, so that a part of one may still be with us. */
  private isLate = false;
  /** It has carried an exchange before. */
  private stands = false;
  private dials = 0;

  constructor(endpoint: WireEndpoint, board: Switchboard, workshop: Workshop) {
    this.endpoint = endpoint;
    this.board = board;
    this.workshop = workshop;
  }

  /** A connection that proves dead at once may only have gone stale. */
  get isStanding(): boolean {
    return this.stands;
  }

  dial(): void {
    const { buffer } = this.workshop;
    const callback = (size: number): boolean => this.read(size);
    const way = this.workshop.wayTo(this.endpoint);
    this.state = 'dialling';
    this.dials += 1;
    this.socket = connect({ ...way, noDelay: true, allowHalfOpen: true, onread: { buffer, callback } }) as WireSocket;
    this.socket.connection = this;
    this.socket.on('connect', onConnect).on('end', onEnd).on('error', onError);
  }

  /** Has its seat's request sent, in this turn of the loop. */
  send(): void {
    const { seat, workshop } = this;
    if (seat === null || seat.exchange === null) return;
    workshop.outbox.put(this, seat.exchange.request);
    this.holds = true;
  }

  /** Sends it, unless it was closed meanwhile. False where the kernel has not taken all of it: the rest is read from `request` later. */
  write(request: Uint8Array, nowMs: number): boolean {
    const { seat } = this;
    const { hatch } = this.workshop;
    const socket = this.socket as WireSocket;
    if (!this.holds || seat === null) return true;
    this.holds = false;
    this.carries = true;
    seat.state = 'sent';
    seat.pod = this.endpoint.pod;
    seat.sentAtMs = nowMs;
    seat.limitMs = seat.deadlineMs;
    const taken = hatch.write(socket, request);
    if (taken === 'refused') this.refuse(hatch.code);
    else if (taken === 'partly') this.isLate = true;
    return taken !== 'partly';
  }

  /** From our side, without a word to anybody. */
  close(): void {
    const wasDialling = this.state === 'dialling';
    this.state = 'closed';
    this.holds = false;
    this.carries = false;
    this.releaseParser();
    this.socket?.destroy();
    if (wasDialling) this.board.dialled();
  }

  connected(): void {
    if (this.state !== 'dialling') return;
    this.state = 'open';
    if (this.socket !== null) this.workshop.hatch.listen(this.socket, this);
    this.board.dialled();
    this.send();
  }

  /** The other side says no more. */
  ended(): void {
    if (this.state === 'closed') return;
    const { parser } = this;
    if (parser !== null && parser.close() === 'complete') this.complete(parser, false);
    else this.fail(parser?.hasBegun === true ? 'cut-off' : 'closed');
  }

  failed(code: string): void {
    if (this.state === 'closed') return;
    if (this.state === 'dialling') this.dialAgain(code);
    else this.fail(code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'cut-off');
  }

  /** So many bytes lie in the buffer. */
  read(size: number): boolean {
    if (this.state !== 'open') return true;
    // Nobody has asked for anything: what comes now cannot be told from the next answer.
    if (!this.carries) {
      this.fail('malformed');
      return true;
    }
    const parser = this.parser ?? this.workshop.takeParser(this.endpoint);
    this.parser = parser;
    const progress = parser.read(this.workshop.buffer, 0, size);
    if (progress === 'complete') this.complete(parser, parser.end === size);
    else if (progress !== 'more') this.fail(progress);
    return true;
  }

  /** `isAll`: nothing came behind the answer. Where our request is not out of the door yet, nobody will read the rest. */
  private complete(parser: AnswerParser, isAll: boolean): void {
    const { seat, socket } = this;
    if (seat === null || seat.exchange === null || socket === null) return;
    seat.exchange.reply.answered(parser.status, parser.body, parser.bodyFrom, parser.bodyTo);
    const stays = isAll && parser.staysOpen && (!this.isLate || this.workshop.hatch.isEmpty(socket));
    this.releaseParser();
    this.carries = false;
    this.stands = true;
    if (!stays) this.close();
    this.board.answered(this, stays);
  }

  private fail(why: WhyUnknown): void {
    const { carries, holds } = this;
    this.close();
    if (carries) this.board.lost(this, why);
    else if (holds) this.board.unsent(this, why);
    else this.board.closed(this);
  }

  private refuse(code: string): void {
    this.close();
    this.board.unsent(this, code);
  }

  /** Where the name has several addresses, somebody may listen at the next one. */
  private dialAgain(code: string): void {
    this.socket?.destroy();
    if (this.dials < this.workshop.waysFor(code)) this.dial();
    else this.refuse(code);
  }

  private releaseParser(): void {
    if (this.parser !== null) this.workshop.giveBack(this.parser);
    this.parser = null;
  }
}

/** One function for all sockets: a listener of its own for each would cost more memory than the player. */
function onConnect(this: Socket): void {
  (this as WireSocket).connection.connected();
}

function onEnd(this: Socket): void {
  (this as WireSocket).connection.ended();
}

function onError(this: Socket, error: Error): void {
  (this as WireSocket).connection.failed(codeOf(error));
}

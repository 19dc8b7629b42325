import type { Socket } from 'node:net';
import type { Reply } from '../resp/reply.ts';
import { encodeReply, replyBytesAtMost } from '../resp/reply.ts';
import { ProtocolError, RequestParser } from '../resp/request-parser.ts';
import { needsLogin } from './acl/directory.ts';
import type { CacheState, Session } from './command.ts';
import { dispatch } from './dispatch.ts';
import { limits } from './limits.ts';

type Setup = { id: number; socket: Socket; state: CacheState; ended: (id: number) => void };

/** After a last reply the other side has so long to close before it is cut off. */
const lingerMs = 1000;

/** One socket: bytes in, replies out, and what it holds in between counted against the limits. A class: it runs for every packet. */
export class Connection {
  readonly session: Session;
  readonly #socket: Socket;
  readonly #state: CacheState;
  readonly #parser = new RequestParser(limits.request);

  constructor({ id, socket, state, ended }: Setup) {
    this.#socket = socket;
    this.#state = state;
    this.session = newSession(id, socket, state);
    state.sessions.set(id, this.session);
    state.statistics.connectionsReceived += 1;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('drain', () => this.#account());
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#forget();
      ended(id);
    });
  }

  /** Ends the connection at once; it is out of CLIENT LIST before this returns. */
  destroy(): void {
    this.#forget();
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const { session } = this;
    if (session.closing) return;
    this.#state.statistics.bytesIn += chunk.length;
    session.lastCommandAtMs = this.#state.clock.nowMs();
    this.#parser.feed(chunk);
    try {
      this.#answerAll();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#send(encodeReply({ kind: 'error', text: `ERR Protocol error: ${error.message}` }, session.protocol));
      session.closing = true;
    }
    if (session.closing) this.#finish();
    else this.#account();
  }

  #answerAll(): void {
    const { session } = this;
    let replies = '';
    try {
      while (!session.closing) {
        this.#parser.trusted = session.authenticated || !needsLogin(this.#state.directory);
        const words = this.#parser.next();
        if (words === null) break;
        if (isHttp(words)) {
          this.destroy();
          return;
        }
        const reply = this.#answer(words);
        if (replies.length + this.#socket.writableLength + replyBytesAtMost(reply) > limits.outputBytesMax) {
          this.#cutOff();
          return;
        }
        replies += encodeReply(reply, session.protocol);
      }
    } finally {
      this.#send(replies);
    }
  }

  #answer(words: readonly string[]): Reply {
    const { session } = this;
    const { statistics } = this.#state;
    const reply = dispatch({ state: this.#state, session, words });
    statistics.commandsProcessed += 1;
    if (reply.kind === 'error') statistics.errorReplies += 1;
    return reply;
  }

  #send(bytes: string): void {
    if (bytes === '' || this.#socket.destroyed) return;
    this.#state.statistics.bytesOut += bytes.length;
    this.#socket.write(bytes, 'latin1');
  }

  /** Incomplete requests and unread replies of all clients together are bounded: who goes over it is closed. */
  #account(): void {
    const { session } = this;
    session.heldBytes = this.#parser.heldBytes;
    session.unreadBytes = this.#socket.writableLength;
    if (session.heldBytes + session.unreadBytes === 0) return;
    let total = 0;
    for (const one of this.#state.sessions.values()) total += one.heldBytes + one.unreadBytes;
    if (total > limits.clientsBytesMax) this.#cutOff();
  }

  #cutOff(): void {
    this.#state.statistics.clientsOverLimit += 1;
    this.destroy();
  }

  #finish(): void {
    this.#forget();
    this.#socket.end();
    const linger = setTimeout(() => this.#socket.destroy(), lingerMs);
    linger.unref();
    this.#socket.once('close', () => clearTimeout(linger));
  }

  #forget(): void {
    this.session.closing = true;
    this.#state.sessions.delete(this.session.id);
  }
}

function newSession(id: number, socket: Socket, state: CacheState): Session {
  const nowMs = state.clock.nowMs();
  return {
    id,
    address: `${socket.remoteAddress}:${socket.remotePort}`,
    localAddress: `${socket.localAddress}:${socket.localPort}`,
    connectedAtMs: nowMs,
    lastCommandAtMs: nowMs,
    lastCommand: 'NULL',
    name: '',
    libraryName: '',
    libraryVersion: '',
    protocol: 2,
    user: state.directory.defaultUser,
    authenticated: !needsLogin(state.directory),
    protectedFromEviction: false,
    heldBytes: 0,
    unreadBytes: 0,
    closing: false,
  };
}

/** A web page must not be able to talk to a cache on loopback through a visitor's browser. */
function isHttp(words: readonly string[]): boolean {
  const first = (words[0] as string).toLowerCase();
  return first === 'post' || first === 'host:';
}

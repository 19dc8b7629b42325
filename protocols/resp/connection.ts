import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { WireReply } from './reply-reader.ts';
import { readReply } from './reply-reader.ts';

/** A plain connection for probes and conformance: no retries, no reconnect, no interpretation. */
export interface RespConnection {
  /** Sends one request and resolves with its reply. Rejects on a time-out or when the server closes first. */
  ask(...words: readonly string[]): Promise<WireReply>;
  /** Sends bytes as they are. */
  send(bytes: string): void;
  /** The next reply, asked for or not. Rejects, and closes, on bytes that are no RESP or more than `replyBytesMax`. */
  receive(): Promise<WireReply>;
  /** Resolves true when the server closes within `withinMs`, false when it is still open then. */
  closedWithin(withinMs: number): Promise<boolean>;
  close(): void;
}

export type RespAddress = { host: string; port: number; timeoutMs: number };

/** Rejects when nobody listens or `timeoutMs` passes. */
export async function openResp(address: RespAddress): Promise<RespConnection> {
  const socket = connect({ host: address.host, port: address.port });
  await connected(socket, address.timeoutMs);
  return connectionOn(socket, address.timeoutMs);
}

/** One request in RESP: an array of bulk strings, as a byte string. Words are byte strings. */
export function encodeRequest(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** Whatever is at the other end, it does not fill our memory. */
const replyBytesMax = 64 * 1024 * 1024;

function connectionOn(socket: Socket, timeoutMs: number): RespConnection {
  let received = '';
  let closed = false;
  let failure: string | null = null;
  let notify: () => void = () => {};
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    if (received.length > replyBytesMax) fail(`the server sent more than ${replyBytesMax} bytes without being read`);
    notify();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    notify();
  });

  const fail = (why: string): void => {
    failure = why;
    received = '';
    socket.destroy();
  };
  // Runs inside the socket's events, where a throw would end the process.
  const firstReply = (): WireReply | null => {
    try {
      return readReply(received);
    } catch (error) {
      fail((error as Error).message);
      return null;
    }
  };

  const until = (done: () => boolean, withinMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        notify = () => {};
        resolve(done());
      };
      const timer = setTimeout(settle, withinMs);
      notify = () => {
        if (done()) settle();
      };
      notify();
    });

  const receive = async (): Promise<WireReply> => {
    await until(() => closed || failure !== null || firstReply() !== null, timeoutMs);
    const reply = firstReply();
    if (reply === null) throw new Error(failure ?? (closed ? 'the server closed the connection' : `no reply within ${timeoutMs} ms`));
    received = received.slice(reply.raw.length);
    return reply;
  };
  const send = (bytes: string): void => {
    socket.write(bytes, 'latin1');
  };
  return {
    receive,
    send,
    ask: (...words) => {
      send(encodeRequest(words));
      return receive();
    },
    closedWithin: (withinMs) => until(() => closed, withinMs),
    close: () => socket.destroy(),
  };
}

function connected(socket: Socket, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve();
    });
  });
}

import { createClient } from 'redis';
import type { Login } from './fault.ts';

/** What became of one command: answered, surely not done, or not known. */
export type RedisAnswer =
  | { kind: 'answer'; value: unknown }
  /** The server said no. `code` is its first word: `WRONGPASS`, `NOAUTH`, `NOPERM`, `ERR`. */
  | { kind: 'refused'; code: string; message: string }
  /** No connection, or no answer in time. */
  | { kind: 'unreachable'; message: string };

/** For connecting, logging in and the answer, together. */
const answerWithinMs = 2000;

const loginRefusals = ['WRONGPASS', 'NOAUTH'];

/** The same command as each of these users in turn, until one is let in. */
export async function askAsAny(address: string, logins: readonly Login[], command: readonly string[]): Promise<RedisAnswer> {
  let answer: RedisAnswer = { kind: 'refused', code: 'NOAUTH', message: 'no credentials were given' };
  for (const login of logins) {
    answer = await askRedis(address, login, command);
    if (!isLoginRefused(answer)) return answer;
  }
  return answer;
}

export function isLoginRefused(answer: RedisAnswer): answer is Extract<RedisAnswer, { kind: 'refused' }> {
  return answer.kind === 'refused' && loginRefusals.includes(answer.code);
}

/**
 * Never connected, only copied: the client library builds a class of some four hundred commands for every set of options it has
 * not just seen, credentials included, which would hold up the event loop for 40 ms and more in the middle of play.
 */
const template = createClient({
  disableOfflineQueue: true,
  // A user with few rights may send nothing but AUTH and its command: no HELLO, no CLIENT SETINFO.
  RESP: 2,
  disableClientInfo: true,
  maintNotifications: 'disabled',
});

/**
 * One command on a connection of its own: no queue and no second try behind our back, so that an answer always is the answer to
 * this question at this moment. Never rejects; no message holds a password.
 */
export async function askRedis(address: string, login: Login, command: readonly string[]): Promise<RedisAnswer> {
  const client = template.duplicate({
    socket: { ...parseAddress(address), connectTimeout: answerWithinMs, reconnectStrategy: false },
    ...(login.password === '' ? {} : login),
  });
  // The promises below carry the same errors; without a listener they would end the process.
  client.on('error', () => {});
  const deadline = startDeadline();
  try {
    await Promise.race([client.connect(), deadline.passed]);
    return { kind: 'answer', value: await Promise.race([client.sendCommand([...command]), deadline.passed]) };
  } catch (error) {
    return answerOf(error, login.password, command);
  } finally {
    deadline.cancel();
    if (client.isOpen) client.destroy();
  }
}

function startDeadline(): { passed: Promise<never>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerWithinMs} ms`)), answerWithinMs);
  });
  passed.catch(() => {});
  return { passed, cancel: () => clearTimeout(timer) };
}

/** A server's error begins with a code word in capitals; everything else came from the connection. */
function answerOf(error: unknown, password: string, command: readonly string[]): RedisAnswer {
  const text = error instanceof Error ? error.message : String(error);
  const code = /^([A-Z]{2,})(?: |$)/.exec(text)?.[1];
  const message = mask(text, [password, ...command.slice(2)]);
  return code === undefined ? { kind: 'unreachable', message } : { kind: 'refused', code, message };
}

/** Servers repeat the words of a command that they do not know. */
function mask(message: string, words: readonly string[]): string {
  return words.filter((word) => word !== '').reduce((text, word) => text.replaceAll(word, '***'), message);
}

function parseAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
}

import { toByteString } from '../resp/byte-string.ts';
import type { RespConnection } from '../resp/connection.ts';
import { openResp } from '../resp/connection.ts';
import type { Launched } from './detached-process.ts';
import { pause } from './detached-process.ts';

const readyWithinMs = 10_000;
const pollMs = 15;
const answerWithinMs = 1000;

/** The fields of INFO server, once the launched process itself answers to the password; null when it ends or 10 s pass. */
export async function awaitReady(launched: Launched, port: number, password: string): Promise<ServerFields | null> {
  const startedAtMs = performance.now();
  while (!launched.ended() && performance.now() - startedAtMs < readyWithinMs) {
    const fields = await askServer(port, password).catch(() => null);
    // Somebody else's server on the port we hoped for must not be taken for ours.
    if (fields !== null && fields['process_id'] === String(launched.process.pid)) return fields;
    await pause(pollMs);
  }
  return null;
}

export type ServerFields = { [field: string]: string };

async function askServer(port: number, password: string): Promise<ServerFields | null> {
  const connection = await openResp({ host: '127.0.0.1', port, timeoutMs: answerWithinMs });
  try {
    await connection.ask('AUTH', toByteString(password));
    const pong = await connection.ask('PING');
    return pong.raw === '+PONG\r\n' ? await serverFields(connection) : null;
  } finally {
    connection.close();
  }
}

async function serverFields(connection: RespConnection): Promise<ServerFields> {
  const { value } = await connection.ask('INFO', 'server');
  const text = value.kind === 'text' ? value.text : '';
  return Object.fromEntries(
    text.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}

import { createClient } from 'redis';
import type { CacheTarget } from '../platform.ts';

type Login = Pick<CacheTarget, 'host' | 'port' | 'username' | 'password'>;

/** What the server calls itself, or why it would not say. */
export type Identity = { ok: true; engine: string } | { ok: false; problem: string };

const answerMsMax = 2_000;

/** Logs in once and asks who is there. Messages never hold the password. Never rejects. */
export async function identifyRedis({ host, port, username, password }: Login): Promise<Identity> {
  const client = createClient({
    username,
    password,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { host, port, connectTimeout: answerMsMax, reconnectStrategy: false },
    commandOptions: { timeout: answerMsMax },
  });
  client.on('error', () => {});
  try {
    await withDeadline(client.connect());
    return { ok: true, engine: engineOf(await client.info('server').catch(() => '')) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error && error.message !== '' ? error.message : 'no connection' };
  } finally {
    client.destroy();
  }
}

/** A server that accepts and then says nothing must not hold us: the time-out of the socket ends with the connection made. */
async function withDeadline(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerMsMax} ms`)), answerMsMax);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** From `INFO server`: relatives of Redis keep `redis_version` for compatibility and say their own name beside it. */
export function engineOf(information: string): string {
  const fields = Object.fromEntries(information.split('\r\n').map((line) => line.split(':', 2) as [string, string]));
  if (fields['dragonfly_version'] !== undefined) return `${fields['dragonfly_version'].replace(/^df-v/, 'dragonfly ')} (yours)`;
  if (fields['valkey_version'] !== undefined) return `valkey-server ${fields['valkey_version']} (yours)`;
  return fields['redis_version'] === undefined ? 'yours' : `redis-server ${fields['redis_version']} (yours)`;
}

import type { RedisClient } from './redis-client.ts';
import { awayReasonOf } from './redis-errors.ts';
import type { AwayReason, SharedCache, SharedRead } from './shared-cache.ts';
import { WaitingRoom } from './waiting-room.ts';

export type RedisLinkOptions = {
  /** Longest wait of a read; null waits for ever. */
  timeoutMs: number | null;
  /** Reads that may wait while Redis is away; null for no limit. */
  queueMax: number | null;
  ttlSeconds: number;
};

/** What the link tells: refused logins and commands, other errors, and each change of state once. */
export type RedisListener = {
  onAuthRefused(): void;
  onError(reason: AwayReason): void;
  onChange(state: 'up' | 'down', reason: AwayReason | null): void;
};

/** How often the link makes sure that Redis answers, so that a stall shows even without traffic, and its end too. */
const heartbeatMs = 250;
const heartbeatKey = 'treasure:heartbeat';

/**
 * The second cache level in Redis.
 *
 *     up --(login or read refused, no answer in time, connection lost)--> down --(ready again, or a heartbeat answered)--> up
 *
 * While it is up a read waits at most `timeoutMs`. While it is down reads do not touch Redis at all, unless the
 * configuration lets them wait for it (`queueMax`).
 */
export function openRedisLink(client: RedisClient, options: RedisLinkOptions, listener: RedisListener): SharedCache {
  const link = new RedisLink(client, options, listener);
  return {
    state: () => link.state,
    read: (key, withinMs) => link.read(key, withinMs),
    write: (key, text) => link.write(key, text),
    close: () => link.close(),
  };
}

class RedisLink {
  state: 'up' | 'down' = 'down';
  private away: AwayReason | null = null;
  private closed = false;
  private beatSentAtMs: number | null = null;
  private readonly client: RedisClient;
  private readonly options: RedisLinkOptions;
  private readonly listener: RedisListener;
  private readonly room: WaitingRoom;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(client: RedisClient, options: RedisLinkOptions, listener: RedisListener) {
    this.client = client;
    this.options = options;
    this.listener = listener;
    this.room = new WaitingRoom(options.queueMax);
    client.onReady(() => this.comeUp());
    client.onError((error) => this.noteError(error));
    client.connect().catch(() => {
      // Reported by onError already; the client goes on trying.
    });
    this.heartbeat = setInterval(() => this.beat(), heartbeatMs);
    this.heartbeat.unref();
  }

  /** Asks again when the answer was lost with the connection, for as long as the configuration lets a read wait. */
  async read(key: string, withinMs: number | null = null): Promise<SharedRead> {
    const startedAtMs = performance.now();
    const limitMs = this.limitOf(withinMs);
    for (let result: SharedRead = { kind: 'bypass' }; ; ) {
      const restMs = limitMs === null ? null : limitMs - (performance.now() - startedAtMs);
      if (restMs !== null && restMs <= 0) return result;
      if (this.state === 'up') {
        result = await this.ask(key, restMs, limitMs === this.options.timeoutMs);
        if (result.kind !== 'lost' || this.state === 'up') return result;
      } else if (!(await this.room.wait(restMs))) {
        return result;
      }
    }
  }

  /** A link without a limit of its own waits for ever, whatever its caller has left: that is what "no limit" is there to show. */
  private limitOf(withinMs: number | null): number | null {
    const { timeoutMs } = this.options;
    return timeoutMs === null || withinMs === null ? timeoutMs : Math.min(timeoutMs, withinMs);
  }

  /** A refused write says nothing about reads: it is counted, and the link stays up. */
  write(key: string, text: string): void {
    if (this.state !== 'up') return;
    this.client.set(key, text, this.options.ttlSeconds).catch((error) => this.count(awayReasonOf(error)));
  }

  close(): void {
    this.closed = true;
    clearInterval(this.heartbeat);
    this.room.close();
    this.client.destroy();
  }

  /** Only when our own limit is over is Redis away: a caller in a hurry says nothing about it. */
  private async ask(key: string, withinMs: number | null, isOwnLimit: boolean): Promise<SharedRead> {
    try {
      const text = await within(this.client.get(key), withinMs);
      if (text === undefined && isOwnLimit) this.noteReason('timeout');
      return text === undefined ? { kind: 'lost' } : text === null ? { kind: 'miss' } : { kind: 'hit', text };
    } catch (error) {
      this.noteError(error);
      return { kind: 'lost' };
    }
  }

  /** At most one heartbeat is under way, so that a stalled server collects no backlog from us. */
  private beat(): void {
    if (!this.client.isReady) return;
    if (this.beatSentAtMs === null) {
      this.beatSentAtMs = performance.now();
      this.client
        .get(heartbeatKey)
        .then(
          () => this.comeUp(),
          (error) => this.noteError(error),
        )
        .finally(() => {
          this.beatSentAtMs = null;
        });
    } else if (this.state === 'up' && this.options.timeoutMs !== null && performance.now() - this.beatSentAtMs > this.options.timeoutMs) {
      this.noteReason('timeout');
    }
  }

  private comeUp(): void {
    if (this.state === 'up' || this.closed) return;
    this.state = 'up';
    this.away = null;
    this.listener.onChange('up', null);
    this.room.release();
  }

  private noteError(error: unknown): void {
    this.noteReason(awayReasonOf(error));
  }

  /** `other` is an answer (a wrong type, out of memory): Redis is there, so the link stays as it is. */
  private noteReason(reason: AwayReason): void {
    if (this.closed) return;
    this.count(reason);
    if (reason === 'other' || this.away === reason) return;
    this.state = 'down';
    this.away = reason;
    this.listener.onChange('down', reason);
    this.beat();
  }

  private count(reason: AwayReason): void {
    this.listener.onError(reason);
    if (reason === 'auth') this.listener.onAuthRefused();
  }
}

/**
 * The answer, or undefined when it did not come in time. When the time is over the loop reads its sockets once more
 * before it gives up: our own pause is not Redis' fault. A refusal that comes later is nobody's business any more.
 */
function within<T>(answer: Promise<T>, withinMs: number | null): Promise<T | undefined> {
  if (withinMs === null) return answer;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(resolve, undefined), withinMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

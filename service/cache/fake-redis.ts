import type { RedisClient } from './redis-client.ts';

/** A Redis of the tests' own: up, away, stalled or refusing, as they like. */
export class FakeRedis implements RedisClient {
  isReady = false;
  readonly stored = new Map<string, string>();
  /** Reads that arrived, heartbeats left out. */
  readonly asked: string[] = [];
  /** What a read is answered with instead of a value. */
  refusal: Error | null = null;
  stalled = false;
  private readonly held: (() => void)[] = [];
  private ready: () => void = () => {};
  private failed: (error: Error) => void = () => {};

  get(key: string): Promise<string | null> {
    if (!this.isReady) return Promise.reject(new Error('The client is offline'));
    if (!key.includes('heartbeat')) this.asked.push(key);
    const answer = (): Promise<string | null> =>
      this.refusal === null ? Promise.resolve(this.stored.get(key) ?? null) : Promise.reject(this.refusal);
    return this.stalled ? new Promise<void>((resolve) => this.held.push(resolve)).then(answer) : answer();
  }

  set(key: string, text: string): Promise<void> {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.stored.set(key, text);
    return Promise.resolve();
  }

  onReady(listener: () => void): void {
    this.ready = listener;
  }

  onError(listener: (error: Error) => void): void {
    this.failed = listener;
  }

  connect(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): void {
    this.isReady = false;
  }

  comeUp(): void {
    this.isReady = true;
    this.ready();
  }

  fail(message: string): void {
    this.isReady = false;
    this.failed(new Error(message));
  }

  resume(): void {
    this.stalled = false;
    for (const release of this.held.splice(0)) release();
  }
}

import type { LookupResult } from '../cache/levels.ts';
import type { SharedCache } from '../cache/shared-cache.ts';
import type { ByteCache } from './byte-cache.ts';
import { S3Fifo } from './s3-fifo.ts';
import type { UpstreamReply, UpstreamResult } from './upstream.ts';

export type AnswerCacheOptions = {
  readonly bytesMax: number;
  readonly negativeBytesMax: number;
  readonly ttlMs: number;
};

/** How the values of a key travel: from the shared cache and the main process to the kept form, and back to the shared cache. */
export type Kind = {
  /** Null for what does not look right. */
  fromShared(text: string): string | null;
  fromReply(reply: UpstreamReply): string | null;
  toShared(kept: string): string;
};

export type Found =
  | { kind: 'value'; value: string }
  | { kind: 'refused'; reply: UpstreamReply }
  | Exclude<UpstreamResult, { kind: 'reply' }>;

type Kept = { readonly value: string; readonly freshUntilMs: number };
type Refused = { readonly reply: UpstreamReply; readonly goodUntilMs: number };
export type Load = () => Promise<UpstreamResult>;
type Listener = (level: 'process' | 'redis', result: LookupResult) => void;

/** That something is not there is believed for so long: long enough for a flood, short enough for a launch. */
const negativeTtlMs = 5_000;
/** A value so many lives old is not shown any more while there is a newer one to be had. */
const staleLives = 10;

/**
 * What the main process said, kept in bounded bytes.
 *
 *     fresh -> shown          stale -> shown, and renewed behind it          missing -> one load, however many ask
 *
 * Where the main process is away, whatever is still there is shown, however old.
 */
export class AnswerCache {
  private readonly options: AnswerCacheOptions;
  private readonly shared: SharedCache;
  private readonly onLookup: Listener;
  private readonly nowMs: () => number;
  private readonly kept: ByteCache<Kept>;
  private readonly refused: ByteCache<Refused>;
  private readonly loading = new Map<string, Promise<Found>>();

  constructor(options: AnswerCacheOptions, shared: SharedCache, sense: { onLookup: Listener; nowMs: () => number }) {
    this.options = options;
    this.shared = shared;
    this.onLookup = sense.onLookup;
    this.nowMs = sense.nowMs;
    this.kept = new S3Fifo(options.bytesMax);
    // Apart from the values: whoever asks for a million things that are not there displaces none that is.
    this.refused = new S3Fifo(options.negativeBytesMax);
  }

  get bytes(): number {
    return this.kept.bytes + this.refused.bytes;
  }

  get size(): number {
    return this.kept.size;
  }

  /** What is there, at once; null where it has to be waited for. */
  known(key: string, kind: Kind, load: Load): Found | null {
    const nowMs = this.nowMs();
    const kept = this.kept.get(key);
    if (kept !== undefined && kept.freshUntilMs > nowMs) return this.told('hit', { kind: 'value', value: kept.value });
    if (kept !== undefined && kept.freshUntilMs + (staleLives - 1) * this.options.ttlMs > nowMs) {
      void this.loadOnce(key, kind, load);
      return this.told('stale', { kind: 'value', value: kept.value });
    }
    const refused = this.refused.get(key);
    if (refused !== undefined && refused.goodUntilMs > nowMs) return this.told('negative', { kind: 'refused', reply: refused.reply });
    return this.told('miss', null);
  }

  /** What was missing; `late` when it does not come within the caller's own time. */
  async missing(key: string, { kind, load, withinMs }: { kind: Kind; load: Load; withinMs: number }): Promise<Found> {
    const found = await within(this.loadOnce(key, kind, load), withinMs);
    const old = found.kind === 'value' || found.kind === 'refused' ? undefined : this.kept.get(key);
    return old === undefined ? found : { kind: 'value', value: old.value };
  }

  /** Keeps a value that was worked out here. */
  keep(key: string, value: string): void {
    this.kept.set(key, { value, freshUntilMs: this.nowMs() + this.options.ttlMs }, value.length);
  }

  private told<Result extends Found | null>(result: LookupResult, found: Result): Result {
    this.onLookup('process', result);
    return found;
  }

  private loadOnce(key: string, kind: Kind, load: Load): Promise<Found> {
    const running = this.loading.get(key);
    if (running !== undefined) return running;
    const started = this.load(key, kind, load).finally(() => this.loading.delete(key));
    this.loading.set(key, started);
    return started;
  }

  private async load(key: string, kind: Kind, load: Load): Promise<Found> {
    const shared = this.shared.state() === 'off' ? null : await this.fromShared(key, kind);
    if (shared !== null) {
      this.keep(key, shared);
      return { kind: 'value', value: shared };
    }
    const result = await load();
    if (result.kind !== 'reply') return result;
    const value = kind.fromReply(result.reply);
    // An answer that does not look like one is nobody's: it may have been asked for in another caller's words.
    if (value === null) return result.reply.status === 200 ? { kind: 'away' } : this.refuse(key, result.reply);
    this.keep(key, value);
    this.shared.write(key, kind.toShared(value));
    return { kind: 'value', value };
  }

  private async fromShared(key: string, kind: Kind): Promise<string | null> {
    const answer = await this.shared.read(key);
    const value = answer.kind === 'hit' ? kind.fromShared(answer.text) : null;
    this.onLookup('redis', answer.kind === 'hit' && value === null ? 'corrupt' : answer.kind);
    return value;
  }

  private refuse(key: string, reply: UpstreamReply): Found {
    if (reply.status === 404) this.refused.set(key, { reply, goodUntilMs: this.nowMs() + negativeTtlMs }, reply.body.length);
    return { kind: 'refused', reply };
  }
}

function within(found: Promise<Found>, ms: number): Promise<Found> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'late' }), ms);
    void found.then(resolve).finally(() => clearTimeout(timer));
  });
}

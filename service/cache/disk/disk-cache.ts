import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRecord, encodeRecord } from './record.ts';

export type DiskCacheOptions = {
  /** Kept over restarts; nobody else writes there. */
  folder: string;
  /** Size of the file at which it is compacted. */
  bytesMax: number;
  ttlMs: number;
  /** Wall clock: entries outlive the process. */
  nowMs: () => number;
};

export type DiskCacheFigures = { entries: number; fileBytes: number; compactions: number; evicted: number };

type Place = { at: number; bytes: number };

/** After a compaction the file is at most half full: what does not fit in there is evicted, however alive it is. */
const keptShare = 0.5;

/**
 * A cache in a file that is only ever appended to, with an index of all its keys in the heap.
 *
 *     put -> append -> index -> acknowledged         get -> index -> read
 *     file too large -> newest live entries into a new file -> renamed over the old one
 *
 * What is acknowledged was handed to the system: the death of the process does not lose it. What a death tore off at the end is cut off
 * when the file is opened again.
 */
export class DiskCache {
  private readonly options: DiskCacheOptions;
  private file: FileHandle;
  private fileBytes: number;
  /** In the order in which entries were written: the oldest first. */
  private readonly index: Map<string, Place>;
  /** Everything that writes happens one after the other. */
  private writing: Promise<void> = Promise.resolve();
  private compactions = 0;
  private evicted = 0;

  private constructor(options: DiskCacheOptions, file: FileHandle, found: { index: Map<string, Place>; bytes: number }) {
    this.options = options;
    this.file = file;
    this.index = found.index;
    this.fileBytes = found.bytes;
  }

  static async open(options: DiskCacheOptions): Promise<DiskCache> {
    mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    rmSync(draftOf(options.folder), { force: true });
    const file = await open(pathOf(options.folder), 'a+', 0o600);
    const found = readIndex(pathOf(options.folder), options.nowMs());
    await file.truncate(found.bytes);
    return new DiskCache(options, file, found);
  }

  /** Null for what is not there, is too old, or cannot be read. */
  async get(key: string): Promise<string | null> {
    const place = this.index.get(key);
    if (place === undefined) return null;
    const bytes = await readAt(this.file, place).catch(() => null);
    const found = bytes === null ? null : decodeRecord(bytes, 0);
    return found !== null && found.record.key === key && found.record.goodUntilMs > this.options.nowMs() ? found.record.value : null;
  }

  /** Resolves when the entry is safe from the death of this process. */
  put(key: string, value: string): Promise<void> {
    return this.afterOthers(async () => {
      const record = encodeRecord({ key, value, goodUntilMs: this.options.nowMs() + this.options.ttlMs });
      if (record.length > this.options.bytesMax * keptShare) return;
      if (this.fileBytes + record.length > this.options.bytesMax) await this.compact();
      await this.append(key, record);
    });
  }

  get figures(): DiskCacheFigures {
    return { entries: this.index.size, fileBytes: this.fileBytes, compactions: this.compactions, evicted: this.evicted };
  }

  close(): Promise<void> {
    return this.afterOthers(() => this.file.close());
  }

  private afterOthers(task: () => Promise<void>): Promise<void> {
    const done = this.writing.then(task);
    this.writing = done.catch(() => {});
    return done;
  }

  /** A write that failed half-way (a full disk) is cut off again, so that what comes after it can be found. */
  private async append(key: string, record: Buffer): Promise<void> {
    try {
      await this.file.appendFile(record);
    } catch (error) {
      await this.file.truncate(this.fileBytes);
      throw error;
    }
    this.index.delete(key);
    this.index.set(key, { at: this.fileBytes, bytes: record.length });
    this.fileBytes += record.length;
  }

  /** Reads keep coming from the old file until the new one is complete. */
  private async compact(): Promise<void> {
    const kept = this.newestWithin(this.options.bytesMax * keptShare);
    const draft = await open(draftOf(this.options.folder), 'w', 0o600);
    const places = new Map<string, Place>();
    let bytes = 0;
    for (const [key, place] of kept) {
      await draft.appendFile(await readAt(this.file, place));
      places.set(key, { at: bytes, bytes: place.bytes });
      bytes += place.bytes;
    }
    // Before it takes the old one's place it is on the disk: a machine that dies here would else find an empty file under the old name.
    await draft.sync();
    await draft.close();
    await rename(draftOf(this.options.folder), pathOf(this.options.folder));
    await this.takeOver(places, bytes);
  }

  private async takeOver(places: Map<string, Place>, bytes: number): Promise<void> {
    const old = this.file;
    this.file = await open(pathOf(this.options.folder), 'a+', 0o600);
    this.evicted += this.index.size - places.size;
    this.compactions += 1;
    this.index.clear();
    for (const [key, place] of places) this.index.set(key, place);
    this.fileBytes = bytes;
    await old.close();
  }

  /** Oldest first, so that the order of the file stays that of the writing. */
  private newestWithin(bytesMax: number): [string, Place][] {
    const kept: [string, Place][] = [];
    let bytes = 0;
    for (const entry of [...this.index].reverse()) {
      bytes += entry[1].bytes;
      if (bytes > bytesMax) break;
      kept.push(entry);
    }
    return kept.reverse();
  }
}

function pathOf(folder: string): string {
  return join(folder, 'treasures.log');
}

function draftOf(folder: string): string {
  return join(folder, 'treasures.log.compacting');
}

async function readAt(file: FileHandle, { at, bytes }: Place): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}

/** Up to the first record that cannot be read; what is too old is not indexed. */
function readIndex(path: string, nowMs: number): { index: Map<string, Place>; bytes: number } {
  const content = readFileSync(path);
  const index = new Map<string, Place>();
  let at = 0;
  for (let found = decodeRecord(content, at); found !== null; found = decodeRecord(content, at)) {
    const { key, goodUntilMs } = found.record;
    index.delete(key);
    if (goodUntilMs > nowMs) index.set(key, { at, bytes: found.end - at });
    at = found.end;
  }
  return { index, bytes: at };
}

import type { SharedCache } from '../shared-cache.ts';
import { DiskCache, type DiskCacheFigures, type DiskCacheOptions } from './disk-cache.ts';

export type DiskLevel = { readonly cache: SharedCache; figures(): DiskCacheFigures };

const noFigures: DiskCacheFigures = { entries: 0, fileBytes: 0, compactions: 0, evicted: 0 };

/** The disk cache as a level of the cache: not there until it is opened, and whatever goes wrong with it costs hits, not answers. */
export function openDiskLevel(options: DiskCacheOptions, onError: (error: unknown) => void): DiskLevel {
  let disk: DiskCache | null = null;
  const opening = DiskCache.open(options).then((opened) => {
    disk = opened;
  }, onError);
  return {
    figures: () => disk?.figures ?? noFigures,
    cache: {
      state: () => (disk === null ? 'down' : 'up'),
      read: async (key) => {
        if (disk === null) return { kind: 'bypass' };
        const text = await disk.get(key);
        return text === null ? { kind: 'miss' } : { kind: 'hit', text };
      },
      write: (key, text) => void disk?.put(key, text).catch(onError),
      close: () => void opening.then(() => disk?.close()).catch(onError),
    },
  };
}

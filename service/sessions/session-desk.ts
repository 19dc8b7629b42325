import type { SearchBody } from '../api/request-shapes.ts';
import type { Log } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Options } from '../options.ts';
import { SessionBook } from './session-book.ts';

export interface SessionDesk {
  /** Remembers a search of its session and tells what is odd about it. `raw` is the body as it came, `bytes` its length. */
  note(search: SearchBody, raw: object, bytes: number): void;
}

/** Odd searches are answered like all others: reviewers look at what is counted and logged here. */
export function openSessionDesk(options: Options, metrics: Metrics, log: Log): SessionDesk {
  if (options.sessionsMax === 0) return { note: () => {} };
  const book = new SessionBook({
    sessionsMax: options.sessionsMax,
    searchesMax: options.sessionSearchesMax,
    bytesMax: options.sessionBytesMax,
  });
  return {
    note: ({ sessionId, requestId }, raw, bytes) => {
      const { isDuplicate, rapid } = book.note(sessionId, { requestId, atMs: performance.now(), body: raw, bytes });
      metrics.setSessions(book.size, book.bytes);
      if (isDuplicate) metrics.countOddSearch('duplicate');
      if (rapid === null) return;
      metrics.countOddSearch('rapid');
      log.info({ sessionId, searches: rapid.map(({ requestId: id, body }) => ({ id, body })) }, 'more searches than hands can do');
    },
  };
}

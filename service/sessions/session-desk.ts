import { isDeepStrictEqual } from 'node:util';
import type { SearchBody } from '../api/request-shapes.ts';
import type { Log } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Options } from '../options.ts';
import { type RecentSearch, SessionBook } from './session-book.ts';

/** `raw` is the body as it came, `bytes` its length on the wire. */
export type SearchArrival = { search: SearchBody; raw: object; bytes: number };

export interface SessionDesk {
  /**
   * Remembers a search of its session, and tells what is odd about it. A search that was answered before, word for word, gets that
   * answer again; all others get what `find` finds.
   */
  answer<Answer extends object>(arrival: SearchArrival, find: () => Promise<Answer>): Promise<Answer>;
}

export const noSessionDesk: SessionDesk = { answer: (_arrival, find) => find() };

export function openSessionDesk(options: Options, metrics: Metrics, log: Log): SessionDesk {
  if (options.sessionsMax === 0) return noSessionDesk;
  const note = openNotes(options, metrics, log);
  return {
    answer: async <Answer extends object>({ search, raw, bytes }: SearchArrival, find: () => Promise<Answer>): Promise<Answer> => {
      const { sessionId, requestId } = search;
      const entry = { requestId, atMs: performance.now(), body: raw, bytes, answer: null as object | null };
      const earlier = note(sessionId, entry);
      // Under the key of its own search only searches are remembered, so what is found there is an answer of the same kind.
      if (earlier !== null && earlier.answer !== null && isDeepStrictEqual(earlier.body, raw)) return earlier.answer as Answer;
      const found = await find();
      entry.answer = found;
      return found;
    },
  };
}

/** Remembers a search and tells what is odd about it; gives the earlier one with the same id. */
export function openNotes(options: Options, metrics: Metrics, log: Log): (sessionId: string, search: RecentSearch) => RecentSearch | null {
  const book = new SessionBook({
    sessionsMax: options.sessionsMax,
    searchesMax: options.sessionSearchesMax,
    bytesMax: options.sessionBytesMax,
  });
  metrics.watchSessions(() => book);
  return (sessionId, search) => {
    const { earlier, rapid } = book.note(sessionId, search);
    if (earlier !== null) metrics.countOddSearch('duplicate');
    if (rapid !== null) {
      metrics.countOddSearch('rapid');
      log.info({ sessionId, searches: rapid.map(({ requestId: id, body }) => ({ id, body })) }, 'more searches than hands can do');
    }
    return earlier;
  };
}

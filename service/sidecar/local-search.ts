import { cleanId } from '../api/request-id.ts';
import { type Query, SearchModule } from '../search-wasm/search-module.ts';
import { cellBlocks, cellOf } from '../world/geometry.ts';
import type { AnswerCache, Kind } from './answer-cache.ts';
import { copyOf, type Painting } from './painting.ts';

/** `body` is good until the next search. */
export type LocalAnswer = { readonly body: Painting; readonly isEmpty: boolean; readonly bodyRequestId: string };

/** Hears of each search that is answered here, while its body is good. */
export type SearchListener = (sessionId: string, requestId: string, body: Buffer) => void;

/** Whatever is found makes it longer. */
const noAnswerBytes = '{"treasures":[]}'.length;

/** Candidates are worked out here, faster than any other cache could be asked. */
const kind: Kind = { fromShared: () => null, fromReply: () => null, toShared: (kept) => kept };
const neverLoaded = async () => ({ kind: 'away' }) as const;

/** The search in WebAssembly, with the candidates of each area in the sidecar's cache. */
export class LocalSearch {
  private readonly module: SearchModule;
  private readonly cache: AnswerCache;
  private readonly onSearch: SearchListener;

  constructor(worldSeed: number, cache: AnswerCache, onSearch: SearchListener) {
    this.onSearch = onSearch;
    this.module = new SearchModule(worldSeed);
    this.cache = cache;
  }

  /** Null for what the main process has to look at. */
  answer(body: Buffer): LocalAnswer | null {
    const query = this.module.read(body);
    if (query === null) return null;
    const candidates = this.candidatesOf(query);
    const answer = candidates === null ? null : this.module.answer(query, candidates);
    if (answer === null) return null;
    const requestId = textIn(body, query, 7);
    this.onSearch(textIn(body, query, 9), requestId, body);
    return { body: copyOf(answer), isEmpty: answer.length === noAnswerBytes, bodyRequestId: cleanId(requestId) };
  }

  private candidatesOf(query: Query): string | null {
    const key = keyOf(query);
    const known = this.cache.known(key, kind, neverLoaded);
    if (known?.kind === 'value') return known.value;
    const found = this.module.findCandidates(query);
    if (found !== null) this.cache.keep(key, found);
    return found;
  }
}

/** The text whose first byte and length stand in the query from that word on. */
function textIn(body: Buffer, query: Query, word: number): string {
  const from = query[word] as number;
  return body.toString('utf8', from, from + (query[word + 1] as number));
}

/** Everybody in a cell who looks equally far with equal filters shares one entry. */
function keyOf(query: Query): string {
  const [world, x, z, radius, rank, limit, biomes] = query as unknown as [number, number, number, number, number, number, number];
  return `search:${world}:${cellOf(x)}:${cellOf(z)}:${Math.ceil(radius / cellBlocks)}:${rank}:${limit}:${biomes}`;
}

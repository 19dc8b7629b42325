import type { Reply } from './reply.ts';

/**
 * Sends requests and says how they ended. Knows nothing of treasures: judging an answer is the players' business.
 * One contract suite (`contract.ts`) runs on every implementation, the fake included.
 */
export interface Transport {
  readonly name: string;
  /**
   * Starts one exchange. Fills `exchange.reply` and calls `exchange.ended()` exactly once, never synchronously. One that gets no
   * complete answer within `timeoutMs` ends as `unknown`/`timeout` and its connection is closed. Once it has ended the transport
   * has forgotten the object: whoever owns it may fill it again, from within `ended` too. `nowMs`: for whoever has just looked at
   * the clock.
   */
  send(exchange: Exchange, nowMs?: number): void;
  /** The ready endpoints now. New connections go only to these; open connections to others stay until they break. */
  route(endpoints: readonly Endpoint[]): void;
  /** That player has gone: its connection is closed, and whoever takes the number next gets one of its own. */
  leave(player: number): void;
  /** Closes every connection; exchanges under way end as `unknown`/`closed`, those without a connection yet as `unreachable`. */
  close(): Promise<void>;
}

/** Where the service listens: `http://127.0.0.1:34567` and an optional base path without trailing slash. */
export type Endpoint = { pod: string; origin: string; basePath: string };

/**
 * A question and what came of it. One object for a player's place for the whole run, so that nothing is made for a request: at
 * a hundred thousand requests a second whatever is made is what the time goes to.
 */
export interface Exchange {
  /** 0, 1, 2, … Each has a connection of its own, pinned to one endpoint as behind kube-proxy, and one exchange at a time. */
  readonly player: number;
  readonly request: RequestSource;
  /** How long from `send` until it is given up. */
  timeoutMs: number;
  readonly reply: Reply;
  ended(): void;
}

/**
 * The request, written where the transport wants it: as bytes into its buffer, or as text for a library that takes nothing else.
 * Both say the same. Valid from `send` until `ended`. Paths begin with `/` and are ASCII; bodies are UTF-8.
 */
export interface RequestSource {
  readonly method: 'GET' | 'POST';
  /** Each writes at `at` and returns where it ended; there is room for `requestBytesMax` in all. */
  writePath(bytes: Uint8Array, at: number): number;
  writeRequestId(bytes: Uint8Array, at: number): number;
  /** Returns `at` where there is no body. */
  writeBody(bytes: Uint8Array, at: number): number;
  text(): RequestText;
}

export type RequestText = { path: string; body: string | null; requestId: string };

/** Path, id and body together; a hoard of mods makes the largest honest one about 3 KB. */
export const requestBytesMax = 32_768;

/**
 * Sends one request and says how it ended. Knows nothing of treasures: judging an answer is the players' business.
 * One contract suite (`contract.ts`) runs on every implementation, the fake included.
 */
export interface Transport {
  readonly name: string;
  /**
   * Starts one exchange. Calls `ended` exactly once, never synchronously. An exchange that gets no complete answer
   * within `timeoutMs` ends as `unknown`/`timeout` and its connection is closed.
   */
  send(exchange: Exchange, ended: (reply: Reply) => void): void;
  /** The ready endpoints now. New connections go only to these; open connections to others stay until they break. */
  route(endpoints: readonly Endpoint[]): void;
  /** That player has gone: its connection is closed, and whoever takes the number next gets one of its own. */
  leave(player: number): void;
  /** Closes every connection; exchanges under way end as `unknown`/`closed`, those without a connection yet as `unreachable`. */
  close(): Promise<void>;
}

/** Where the service listens: `http://127.0.0.1:34567` and an optional base path without trailing slash. */
export type Endpoint = { pod: string; origin: string; basePath: string };

export type Exchange = {
  /** 0, 1, 2, … Each player has a connection of its own, pinned to one endpoint as behind kube-proxy, and one exchange at a time. */
  player: number;
  method: 'GET' | 'POST';
  path: string;
  body: string | null;
  requestId: string;
  timeoutMs: number;
};

export type Reply =
  /** A complete answer. `sentAtMs` and `endedAtMs` are the clock's monotonic milliseconds. */
  | { kind: 'answered'; status: number; body: string; pod: string; sentAtMs: number; endedAtMs: number }
  /**
   * Sent, at least in part, and no complete answer: it may have happened. `reset`: by the other side; `cut-off`: the connection ended in
   * the middle of the answer; `closed`: it ended before the answer's first byte, or we closed it; `malformed`: no HTTP; `oversized`: a
   * body of more than 1 MiB.
   */
  | {
      kind: 'unknown';
      why: 'timeout' | 'reset' | 'cut-off' | 'closed' | 'malformed' | 'oversized';
      pod: string;
      sentAtMs: number;
      endedAtMs: number;
    }
  /** No connection was to be had, nothing was sent. */
  | { kind: 'unreachable'; why: string; pod: string; sentAtMs: number; endedAtMs: number };

/** A search as its session remembers it. */
export type RecentSearch = {
  readonly requestId: string;
  readonly atMs: number;
  /** As it came, read or as text, with what the search itself does not look at: device, build, mods. Reviewers compare that. */
  readonly body: object | string;
  readonly bytes: number;
  /** What the player got; null until then. Who asks the same again, because the answer was lost on its way, gets the same again. */
  answer: object | null;
};

export type BookLimits = {
  /** Sessions that are remembered; the one heard of longest ago is forgotten first. 0 remembers nothing. */
  readonly sessionsMax: number;
  /** Recent searches of each session. */
  readonly searchesMax: number;
  /** Bytes of all remembered bodies together, as they came over the wire; null for no limit. */
  readonly bytesMax: number | null;
};

/** What a search looks like beside those before it: the one with the same id, and once per burst all that came so quickly. */
export type Notice = { readonly earlier: RecentSearch | null; readonly rapid: readonly RecentSearch[] | null };

type Session = { searches: RecentSearch[]; isRapid: boolean };

/** So many searches within so long are more than a player's hands can do. */
const rapidSearches = 10;
const rapidMs = 1_000;

/**
 * The recent searches of each session, to tell a repeated request from a new one and a script from a player.
 * Counting sessions and searches bounds it only as long as bodies are small; `bytesMax` bounds it whatever they are.
 */
export class SessionBook {
  private readonly limits: BookLimits;
  /** In the order in which they were last heard of. */
  private readonly sessions = new Map<string, Session>();
  /** Stands before the oldest: a new one would first walk over all places that were left before it. */
  private oldest = this.sessions.entries();
  bytes = 0;

  constructor(limits: BookLimits) {
    this.limits = limits;
  }

  get size(): number {
    return this.sessions.size;
  }

  note(sessionId: string, search: RecentSearch): Notice {
    const session = this.sessions.get(sessionId) ?? { searches: [], isRapid: false };
    const earlier = session.searches.find((each) => each.requestId === search.requestId) ?? null;
    session.searches.push(search);
    this.bytes += search.bytes;
    if (session.searches.length > this.limits.searchesMax) this.bytes -= session.searches.shift()?.bytes ?? 0;
    this.sessions.delete(sessionId);
    this.sessions.set(sessionId, session);
    this.forgetWhatIsTooMuch();
    return { earlier, rapid: this.startedToRush(session, search.atMs) ? [...session.searches] : null };
  }

  private startedToRush(session: Session, nowMs: number): boolean {
    const first = session.searches.at(-rapidSearches);
    const wasRapid = session.isRapid;
    session.isRapid = first !== undefined && nowMs - first.atMs <= rapidMs;
    return session.isRapid && !wasRapid;
  }

  private forgetWhatIsTooMuch(): void {
    while (this.isTooMuch()) {
      const [oldest, { searches }] = this.takeOldest();
      for (const { bytes } of searches) this.bytes -= bytes;
      this.sessions.delete(oldest);
    }
  }

  private takeOldest(): [string, Session] {
    const next = this.oldest.next();
    if (next.done !== true) return next.value;
    // It had come to the end once, and stays there.
    this.oldest = this.sessions.entries();
    return this.oldest.next().value as [string, Session];
  }

  private isTooMuch(): boolean {
    const { sessionsMax, bytesMax } = this.limits;
    return this.sessions.size > sessionsMax || (bytesMax !== null && this.bytes > bytesMax);
  }
}

/** A restarted process serves again within about that time. Who is away for longer is not waited for. */
const patienceMs = 1_000;
const lookEveryMs = 10;

export type AbsenceParts = {
  /** Whether somebody answers there now. Never rejects. */
  isThere(): Promise<boolean>;
  nowMs(): number;
  pause(ms: number): Promise<void>;
};

/**
 * Since when the main process is away. All who wait for it share one look every few milliseconds; once it has been away for longer than a
 * restart takes, nobody waits any more until somebody has heard of it again.
 */
export class Absence {
  private readonly parts: AbsenceParts;
  private sinceMs: number | null = null;
  private looking: Promise<boolean> | null = null;

  constructor(parts: AbsenceParts) {
    this.parts = parts;
  }

  get isOn(): boolean {
    return this.sinceMs !== null;
  }

  /** It was heard of. */
  isOver(): void {
    this.sinceMs = null;
  }

  /** Resolves true as soon as it is back, and false when it has been away for too long: at once where that is known. */
  over(): Promise<boolean> {
    this.sinceMs ??= this.parts.nowMs();
    this.looking ??= this.look(this.sinceMs + patienceMs).finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async look(giveUpAtMs: number): Promise<boolean> {
    while (!(await this.parts.isThere())) {
      if (this.parts.nowMs() >= giveUpAtMs) return false;
      await this.parts.pause(lookEveryMs);
    }
    return true;
  }
}

/** False when the signal comes first. */
export function unlessAborted(waited: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(false);
    signal.addEventListener('abort', giveUp, { once: true });
    void waited.then(resolve).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

import { OutOfTime } from './budget.ts';

/** How many requests are worked on between two looks at the sockets: what has arrived is read early, so that its waiting is known. */
const perTurn = 8;

/**
 * Where requests wait for their turn. Without it a flood would wait unread in the sockets, where nobody counts the time, and would be
 * worked on long after its players have given up.
 */
export class Turnstile {
  private readonly waitingMax: number | null;
  private readonly waiting: (() => void)[] = [];
  private isTurning = false;

  constructor(waitingMax: number | null) {
    this.waitingMax = waitingMax;
  }

  /** Resolves when it is the caller's turn, first come, first served; rejects with OutOfTime at once where too many wait. */
  enter(): Promise<void> {
    if (this.waitingMax !== null && this.waiting.length >= this.waitingMax) return Promise.reject(new OutOfTime());
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.turnSoon();
    });
  }

  private turnSoon(): void {
    if (this.isTurning) return;
    this.isTurning = true;
    setImmediate(() => {
      this.isTurning = false;
      for (const letThrough of this.waiting.splice(0, perTurn)) letThrough();
      if (this.waiting.length > 0) this.turnSoon();
    });
  }
}

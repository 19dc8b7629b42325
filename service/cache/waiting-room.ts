/**
 * Where reads wait for Redis to come back. `seatsMax` 0 lets nobody wait; null lets everybody wait, which is how
 * a service without limits ends up with all its players hanging.
 */
export class WaitingRoom {
  private readonly seatsMax: number | null;
  private readonly waiting = new Set<(isBack: boolean) => void>();
  private closed = false;

  constructor(seatsMax: number | null) {
    this.seatsMax = seatsMax;
  }

  /** Resolves true when Redis is back; false at once where no seat is free, or after `withinMs` (null: never). */
  wait(withinMs: number | null): Promise<boolean> {
    if (this.closed || (this.seatsMax !== null && this.waiting.size >= this.seatsMax)) return Promise.resolve(false);
    return new Promise((resolve) => {
      const leave = (isBack: boolean): void => {
        clearTimeout(timer);
        this.waiting.delete(leave);
        resolve(isBack);
      };
      const timer = withinMs === null ? undefined : setTimeout(leave, Math.max(0, withinMs), false);
      this.waiting.add(leave);
    });
  }

  /** Redis is back: sends everybody on. */
  release(): void {
    for (const leave of [...this.waiting]) leave(true);
  }

  /** Nobody is ever coming back: sends everybody home, and lets nobody in again. */
  close(): void {
    this.closed = true;
    for (const leave of [...this.waiting]) leave(false);
  }

  get size(): number {
    return this.waiting.size;
  }
}

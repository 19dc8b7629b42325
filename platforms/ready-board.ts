import type { Clock } from '../core/clock.ts';
import type { PodEndpoint, PodProcess } from './platform.ts';

/** A pod that may get new connections, the very process that answers there, and all that make it up, that one among them. */
export type ReadyPod = PodEndpoint & { process: PodProcess; processes: readonly PodProcess[] };

/** Who is Ready now, told at once to everybody who waits for it: the one truth about endpoints that every platform shows. */
export interface ReadyBoard {
  /** Replaces what the board says. Endpoint listeners hear of it only where an address appeared or vanished. */
  show(ready: readonly ReadyPod[]): void;
  watchEndpoints(listener: (endpoints: readonly PodEndpoint[]) => void): () => void;
  /** `previous` may be any process of the pod, not only the one that answers. */
  awaitReady(pod: string, previous: PodProcess | null, withinMs: number): Promise<boolean>;
  /** Nobody is Ready any more and nobody will be: waits end with false at once. */
  close(): void;
}

export function createReadyBoard(clock: Clock): ReadyBoard {
  let shown: readonly ReadyPod[] = [];
  let closed = false;
  const endpointListeners = new Set<(endpoints: readonly PodEndpoint[]) => void>();
  const waits = new Set<Wait>();
  const endpoints = () => shown.map(({ pod, origin }) => ({ pod, origin }));
  const show = (ready: readonly ReadyPod[]) => {
    const moved = !sameAddresses(shown, ready);
    shown = [...ready];
    if (moved) for (const listener of [...endpointListeners]) listener(endpoints());
    for (const wait of [...waits]) wait.look();
  };
  return {
    show(ready) {
      if (!closed) show(ready);
    },
    watchEndpoints(listener) {
      endpointListeners.add(listener);
      listener(endpoints());
      return () => endpointListeners.delete(listener);
    },
    async awaitReady(pod, previous, withinMs) {
      const isReady = () =>
        shown.some(({ pod: name, processes }) => name === pod && !processes.some((process) => isSame(process, previous)));
      return isReady() || (!closed && waitUntil(isReady, withinMs, clock, waits));
    },
    close() {
      closed = true;
      show([]);
      for (const wait of [...waits]) wait.end(false);
    },
  };
}

type Wait = { look(): void; end(outcome: boolean): void };

function waitUntil(isTrue: () => boolean, withinMs: number, clock: Clock, waits: Set<Wait>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(withinMs, () => wait.end(false));
    const wait: Wait = {
      look: () => {
        if (isTrue()) wait.end(true);
      },
      end: (outcome) => {
        waits.delete(wait);
        cancel();
        resolve(outcome);
      },
    };
    waits.add(wait);
  });
}

export function isSame(one: PodProcess, other: PodProcess | null): boolean {
  return other !== null && one.pid === other.pid && one.startTicks === other.startTicks;
}

function sameAddresses(some: readonly ReadyPod[], others: readonly ReadyPod[]): boolean {
  return some.length === others.length && some.every((one, n) => isSameAddress(one, others[n]));
}

function isSameAddress(one: ReadyPod, other: ReadyPod | undefined): boolean {
  return other !== undefined && one.pod === other.pod && one.origin === other.origin && isSame(one.process, other.process);
}

import type { Endpoint } from './transport.ts';

/** Whose turn it is to get the next connection: one ready endpoint after the other, as a virtual server in the kernel does it. */
export interface Rota {
  route(endpoints: readonly Endpoint[]): void;
  /** Null where no endpoint is ready. */
  next(): Endpoint | null;
}

export function createRota(): Rota {
  let ready: readonly Endpoint[] = [];
  let turn = -1;
  return {
    route(endpoints) {
      ready = [...endpoints];
    },
    next() {
      if (ready.length === 0) return null;
      turn = (turn + 1) % ready.length;
      return ready[turn] as Endpoint;
    },
  };
}

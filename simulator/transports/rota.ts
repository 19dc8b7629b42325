import type { Endpoint } from './transport.ts';

/** Whose turn it is to get the next connection: one ready endpoint after the other, as a virtual server in the kernel does it. */
export interface Rota<Each extends Endpoint = Endpoint> {
  route(endpoints: readonly Each[]): void;
  /** Null where no endpoint is ready. */
  next(): Each | null;
}

export function createRota<Each extends Endpoint = Endpoint>(): Rota<Each> {
  let ready: readonly Each[] = [];
  let turn = -1;
  return {
    route(endpoints) {
      ready = [...endpoints];
    },
    next() {
      if (ready.length === 0) return null;
      turn = (turn + 1) % ready.length;
      return ready[turn] as Each;
    },
  };
}

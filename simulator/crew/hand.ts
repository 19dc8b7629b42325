import type { OrderName, Orders } from './orders.ts';

/** One process of players, as the conductor sees it. */
export interface Hand {
  /** For people: `players 2`. */
  readonly name: string;
  /** Rejects with what went wrong there, or with a `HandLost`. */
  ask<Name extends OrderName>(name: Name, asked: Orders[Name]['asked']): Promise<Orders[Name]['answer']>;
  /** Lets the process go; resolves when it has gone. */
  dismiss(): Promise<void>;
}

/** The process died or fell silent: whatever it was asked has no answer. */
export class HandLost extends Error {
  override readonly name = 'HandLost';
}

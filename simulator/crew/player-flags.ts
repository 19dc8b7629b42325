/**
 * How Node is started for a process of players. A small nursery: with V8's own size 15,000 players take 275 MB instead of 174, and what
 * is made for a request dies at once whatever the size. And twice as much as usual of what a function calls becomes a part of it: the
 * walk over an answer and the writing of a request are made of many small ones.
 */
export const playerFlags: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=8',
  '--max-inlined-bytecode-size-cumulative=2000',
];

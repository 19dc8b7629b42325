/**
 * How Node is started for a process of players. A small nursery: with V8's own size 15,000 players take 275 MB instead of 174, and what
 * is made for a request dies at once whatever the size. Twice as much as usual of what a function calls becomes a part of it: the walk
 * over an answer and the writing of a request are made of many small ones. Links are taken as they are: nobody loads anything here but us,
 * by real paths, and to ask of each file whether it is a link takes a quarter of the time that loading all of them does.
 */
export const playerFlags: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=8',
  '--max-inlined-bytecode-size-cumulative=2000',
  '--preserve-symlinks',
];

/** What the clock that all processes of this machine share (CLOCK_MONOTONIC) says more than this process's own, milliseconds. */
export function sharedAheadMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6 - performance.now();
}

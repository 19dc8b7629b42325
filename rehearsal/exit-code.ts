import type { Verdict } from './report/format.ts';

/** What the process's exit code says; the first that applies wins. */
export const exitCodes = {
  held: 0,
  broken: 1,
  inconclusive: 2,
  aborted: 3,
  restoreFailed: 4,
  usage: 64,
  toolFault: 70,
  sigint: 130,
  sigterm: 143,
} as const;

/** `signal` is the one that interrupted the run, if one did. A failed restore outranks everything. */
export function exitCodeOf(verdict: Verdict, signal: 'SIGINT' | 'SIGTERM' | null): number {
  if (verdict.cleanup === 'failed' || verdict.cleanup === 'conflict') return exitCodes.restoreFailed;
  switch (verdict.status) {
    case 'error':
      return exitCodes.toolFault;
    case 'interrupted':
      return signal === 'SIGINT' ? exitCodes.sigint : exitCodes.sigterm;
    case 'aborted':
      return exitCodes.aborted;
    case 'inconclusive':
      return exitCodes.inconclusive;
    case 'broken':
      return exitCodes.broken;
    case 'held':
      return exitCodes.held;
  }
}

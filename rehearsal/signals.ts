import { exitCodes } from './exit-code.ts';
import type { Interrupts } from './interrupts.ts';
import type { Interruption } from './record.ts';

/** The terminal tells everybody at once, and whoever started us (npx, an npm script) passes it on: so soon, it is the same Ctrl-C. */
const sameRequestMs = 1000;

/**
 * The first SIGINT or SIGTERM ends the run and puts everything back; a second one leaves at once, and the watchdog puts things
 * back instead. Returns a function that stops listening.
 */
export function listenForSignals(interrupts: Interrupts, say: (line: string) => void): () => void {
  let askedAtMs: number | null = null;
  const on = (signal: 'SIGINT' | 'SIGTERM') => () => {
    if (askedAtMs !== null) {
      if (performance.now() - askedAtMs < sameRequestMs) return;
      process.stderr.write('leaving now; the watchdog puts back what is open (launchstorm status)\n');
      process.exit(signal === 'SIGINT' ? exitCodes.sigint : exitCodes.sigterm);
    }
    askedAtMs = performance.now();
    say(`${signal}: putting everything back; once more to leave that to the watchdog`);
    interrupts.raise({ kind: 'signal', signal });
  };
  const listeners = { SIGINT: on('SIGINT'), SIGTERM: on('SIGTERM') };
  process.on('SIGINT', listeners.SIGINT);
  process.on('SIGTERM', listeners.SIGTERM);
  return () => {
    process.off('SIGINT', listeners.SIGINT);
    process.off('SIGTERM', listeners.SIGTERM);
  };
}

/** A signal that came when the run was over but for its report, and nobody waited for anything: whoever sent it expects its exit code. */
export function lateSignal(interrupts: Interrupts): Interruption | null {
  const reason = interrupts.reason();
  return reason?.kind === 'signal' ? reason : null;
}

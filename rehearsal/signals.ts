import { exitCodes } from './exit-code.ts';
import type { Interrupts } from './interrupts.ts';

/**
 * The first SIGINT or SIGTERM ends the run and puts everything back; a second one leaves at once, and the watchdog puts things
 * back instead. Returns a function that stops listening.
 */
export function listenForSignals(interrupts: Interrupts, say: (line: string) => void): () => void {
  let asked = false;
  const on = (signal: 'SIGINT' | 'SIGTERM') => () => {
    if (asked) {
      process.stderr.write('leaving now; the watchdog puts back what is open (launchstorm status)\n');
      process.exit(signal === 'SIGINT' ? exitCodes.sigint : exitCodes.sigterm);
    }
    asked = true;
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

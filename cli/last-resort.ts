import { diskTrouble } from '../machine/disk.ts';
import { exitCodes } from '../rehearsal/exit-code.ts';

/**
 * What would end a process of Node's with exit code 1, which here means *broken*: an error that nobody caught, and a terminal or file
 * that takes no more words. A fault that is open is put back by the watchdog as soon as we are gone.
 */
export function guardProcess(): void {
  process.on('uncaughtException', (error) => {
    sayFault(error);
    process.exit(exitCodes.toolFault);
  });
  process.stdout.on('error', (error) => loseWords('stdout', error));
  process.stderr.on('error', () => {});
}

/** A fault of ours, or of the disk: in words, and with the stack only where it helps. */
export function sayFault(error: unknown): void {
  const text = diskTrouble(error) ?? `a fault of the tool itself: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`launchstorm: ${text}\n`);
}

let lost = false;

/** Nobody reads any more (`| head`), which is no reason to end a run; a full disk has swallowed what somebody wanted to keep. */
function loseWords(stream: string, error: NodeJS.ErrnoException): void {
  if (lost || error.code === 'EPIPE') return;
  lost = true;
  process.stderr.write(`launchstorm: ${stream} takes no more: ${diskTrouble(error) ?? error.message}\n`);
  process.once('exit', (code) => {
    if (code === exitCodes.held || code === exitCodes.broken || code === exitCodes.inconclusive) process.exitCode = exitCodes.toolFault;
  });
}

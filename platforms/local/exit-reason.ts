import { constants } from 'node:os';
import type { ExitReason } from '../platform.ts';

/** How a process ended, and what is known beside the code. */
export type Ending = {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Why we killed it ourselves, or null. */
  killedFor: 'memory-limit' | 'liveness' | null;
  /** Whether it ever listened: one that never did refused to start. */
  listened: boolean;
  /** What this very process wrote, at least its end. */
  output: string;
};

const outOfHeapWords = 'heap out of memory';
const abortedCode = 134;
const wrongConfigurationCode = 64;

/** Tells apart what looks alike from outside: 137 is somebody's kill, 134 is the runtime giving up near its heap limit. */
export function exitReason(ending: Ending): ExitReason {
  if (ending.signal === 'SIGKILL') return { kind: 'killed', code: 137, by: ending.killedFor ?? 'signal' };
  const code = shellCode(ending);
  if (code === abortedCode && ending.output.includes(outOfHeapWords)) return { kind: 'out-of-heap', code: abortedCode };
  const refused = code === wrongConfigurationCode || (!ending.listened && ending.signal === null);
  return refused ? { kind: 'refused-to-start', code, message: lastWords(ending.output) } : { kind: 'exited', code };
}

/** As a shell would say it: 128 + signal number. */
function shellCode({ code, signal }: Ending): number {
  return signal === null ? (code ?? 70) : 128 + constants.signals[signal];
}

const messageLengthMax = 1_000;
const messageLinesMax = 20;

/** What the process said for people, in one line; where it only spoke JSON, its last message. */
export function lastWords(output: string): string {
  const lines = output.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const plain = lines.filter((line) => !line.startsWith('{')).slice(-messageLinesMax);
  const words = plain.length > 0 ? plain.join('; ') : messageOf(lines.at(-1) ?? '');
  return words.slice(0, messageLengthMax);
}

function messageOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: unknown; err?: { message?: unknown } };
    return [msg, err?.message].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return line;
  }
}

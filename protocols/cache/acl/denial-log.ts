import { limits } from '../limits.ts';

/** `object` is what was refused: the login's command as it was typed, a command's full name, or a key. */
export type Refused = { reason: 'auth' | 'command' | 'key'; object: string; username: string };

/** One line of ACL LOG. `client` is the line of CLIENT LIST at that moment, `atMs` monotonic. */
export type DeniedEntry = Refused & { count: number; client: string; atMs: number };

/** The same refusal within this time is counted in its entry, if that is one of the newest. */
const groupedWithinMs = 60_000;
const groupedAmongNewest = 10;

/** Newest first; the oldest entries leave. */
export function logDenial(log: DeniedEntry[], refused: Refused, seen: { client: string; atMs: number }): void {
  const { reason } = refused;
  const [object, username] = [cut(refused.object), cut(refused.username)];
  const known = log.findIndex(
    (entry, at) =>
      at < groupedAmongNewest &&
      entry.reason === reason &&
      entry.object === object &&
      entry.username === username &&
      seen.atMs - entry.atMs <= groupedWithinMs,
  );
  const count = known < 0 ? 1 : (log.splice(known, 1)[0] as DeniedEntry).count + 1;
  log.unshift({ reason, object, username, count, ...seen });
  log.splice(limits.denials.entriesMax);
}

/** A client chooses these words: it must not choose how much memory they keep. */
function cut(text: string): string {
  return text.slice(0, limits.denials.textBytesMax);
}

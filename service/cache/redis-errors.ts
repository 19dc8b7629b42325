import type { AwayReason } from './shared-cache.ts';

/** Only the code word counts: servers of the Redis family word the rest differently. */
const authCodes = /^(WRONGPASS|NOAUTH|NOPERM)\b/;

/** Codes of node:net, and the client's own words for a connection that is not there. */
const connectionWords =
  /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|[Ss]ocket closed|client is (offline|closed)|[Cc]onnection timeout/;

export function awayReasonOf(error: unknown): AwayReason {
  const message = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code ?? '') : String(error);
  const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? '') : '';
  if (authCodes.test(message)) return 'auth';
  if (message.startsWith('Socket timeout')) return 'timeout';
  return connectionWords.test(message) || connectionWords.test(code) ? 'connection' : 'other';
}

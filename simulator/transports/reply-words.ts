import type { Reply, WhyUnknown } from './reply.ts';

const unknownWords: { [why in WhyUnknown]: string } = {
  timeout: 'no complete answer before the player lost patience',
  reset: 'the connection was reset',
  'cut-off': 'the connection ended in the middle of the answer',
  closed: 'the connection was closed before an answer came',
  malformed: 'what came back was no HTTP',
  oversized: 'the answer was given up at 1 MiB',
};

const unreachableWords: { [code: string]: string } = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'nobody knows that name',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ECONNRESET: 'the connection was reset before it stood',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  EMFILE: 'this machine may not open more connections (ulimit -n)',
  EADDRNOTAVAIL: 'this machine has no free port left for another connection',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted here',
  EPROTO: 'it speaks no TLS that we understand',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS',
};

/** Why there was no complete answer, for people; a code that a search engine knows stays beside the words. */
export function wordsOf({ kind, why }: Pick<Reply, 'kind' | 'why'>): string {
  return kind === 'unknown' ? unknownWords[why as WhyUnknown] : connectionWords(why);
}

/** Why there was no connection: an error's code, or words already. */
export function connectionWords(why: string): string {
  const words = unreachableWords[why];
  return words === undefined ? why : `${words} (${why})`;
}

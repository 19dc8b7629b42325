import { type Piece, pieceOf } from './byte-piece.ts';
import type { FixedHeaders } from './fixed-headers.ts';
import { KnownHead } from './known-head.ts';
import type { Endpoint } from './transport.ts';

/** An endpoint with all that its requests have in common, as bytes. */
export type WireEndpoint = Endpoint & {
  host: string;
  port: number;
  beforeGetPath: Piece;
  beforePostPath: Piece;
  /** From the path down to the name of the request id's header. */
  beforeId: Piece;
  /** Between the request id and the length of the body, where there is one. */
  beforeLength: Piece;
  /** Of all of these together. */
  headBytesMax: number;
  /** What it says at the beginning of its answers. */
  knownHead: KnownHead;
};

export function wireEndpointOf(endpoint: Endpoint, { always, withBody }: FixedHeaders): WireEndpoint {
  const { protocol, hostname, port, host } = new URL(endpoint.origin);
  if (protocol !== 'http:') throw new RangeError(`${endpoint.origin}: this transport speaks HTTP without TLS and nothing else.`);
  const own = always.some((word, index) => index % 2 === 0 && word.toLowerCase() === 'host') ? [] : ['host', host];
  const beforeId = pieceOf(` HTTP/1.1\r\n${linesOf([...own, ...always])}x-request-id: `);
  const beforeLength = pieceOf(`\r\n${linesOf(withBody)}content-length: `);
  return {
    ...endpoint,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 80 : Number(port),
    beforeGetPath: pieceOf(`GET ${endpoint.basePath}`),
    beforePostPath: pieceOf(`POST ${endpoint.basePath}`),
    beforeId,
    beforeLength,
    knownHead: new KnownHead(),
    headBytesMax: endpoint.basePath.length + beforeId.length + beforeLength.length + 64,
  };
}

function linesOf(words: readonly string[]): string {
  let lines = '';
  for (let index = 0; index < words.length; index += 2) lines += `${words[index]}: ${words[index + 1]}\r\n`;
  return lines;
}

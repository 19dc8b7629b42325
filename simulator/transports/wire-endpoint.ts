import type { FixedHeaders } from './fixed-headers.ts';
import type { Endpoint } from './transport.ts';

/** An endpoint with all that its requests have in common, as bytes. */
export type WireEndpoint = Endpoint & {
  host: string;
  port: number;
  beforeGetPath: Uint8Array;
  beforePostPath: Uint8Array;
  /** From the path down to the name of the request id's header. */
  beforeId: Uint8Array;
  /** Between the request id and the length of the body, where there is one. */
  beforeLength: Uint8Array;
  /** Of all of these together. */
  headBytesMax: number;
};

export function wireEndpointOf(endpoint: Endpoint, { always, withBody }: FixedHeaders): WireEndpoint {
  const { protocol, hostname, port, host } = new URL(endpoint.origin);
  if (protocol !== 'http:') throw new RangeError(`${endpoint.origin}: this transport speaks HTTP without TLS and nothing else.`);
  const own = always.some((word, index) => index % 2 === 0 && word.toLowerCase() === 'host') ? [] : ['host', host];
  const beforeId = latin1(` HTTP/1.1\r\n${linesOf([...own, ...always])}x-request-id: `);
  const beforeLength = latin1(`\r\n${linesOf(withBody)}content-length: `);
  return {
    ...endpoint,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 80 : Number(port),
    beforeGetPath: latin1(`GET ${endpoint.basePath}`),
    beforePostPath: latin1(`POST ${endpoint.basePath}`),
    beforeId,
    beforeLength,
    headBytesMax: endpoint.basePath.length + beforeId.length + beforeLength.length + 64,
  };
}

function linesOf(words: readonly string[]): string {
  let lines = '';
  for (let index = 0; index < words.length; index += 2) lines += `${words[index]}: ${words[index + 1]}\r\n`;
  return lines;
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

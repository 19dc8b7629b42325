import { describe, expect, test } from 'vitest';
import { readPlainHead } from './head.ts';

const lines = (...parts: string[]): string => `${parts.join('\r\n')}\r\n\r\n`;
const search = (...further: string[]): string =>
  lines('POST /v1/treasures/search HTTP/1.1', 'Host: x', 'Content-Type: application/json; charset=utf-8', ...further);

describe('a plain head', () => {
  test('is read, whatever the case of its names', () => {
    expect(readPlainHead(search('Content-LENGTH: 508', 'X-Request-Id: r-1', 'x-budget-ms:40', 'TraceParent: t'))).toEqual({
      method: 'POST',
      target: '/v1/treasures/search',
      bodyBytes: 508,
      contentType: 'application/json; charset=utf-8',
      requestId: 'r-1',
      traceparent: 't',
      budgetMs: 40,
    });
    expect(readPlainHead(lines('GET /a?b=c HTTP/1.1', 'host: x', 'connection: Keep-Alive'))).toMatchObject({
      target: '/a?b=c',
      bodyBytes: 0,
    });
  });

  test('a budget that is none counts as not said', () => {
    for (const budget of ['', 'soon', '-1', '1.5', '99999999']) {
      expect(readPlainHead(search('content-length: 1', `x-budget-ms: ${budget}`))).toMatchObject({ budgetMs: null });
    }
  });
});

// Each of these could be read differently by somebody else on the way, or asks for more than an answer.
test.each([
  ['another version', lines('GET / HTTP/1.0', 'host: x')],
  ['another method', lines('DELETE / HTTP/1.1', 'host: x')],
  ['a whole address', lines('GET http://x/ HTTP/1.1', 'host: x')],
  ['no host', lines('GET / HTTP/1.1', 'accept: */*')],
  ['two lengths', search('content-length: 1', 'content-length: 1')],
  ['no length', search()],
  ['a length that is none', search('content-length: +1')],
  ['a chunked body', search('transfer-encoding: chunked')],
  ['length and chunks', search('content-length: 3', 'Transfer-Encoding: chunked')],
  ['a body in a GET', lines('GET / HTTP/1.1', 'host: x', 'content-length: 3')],
  ['a last request', lines('GET / HTTP/1.1', 'host: x', 'connection: close')],
  ['an upgrade', lines('GET / HTTP/1.1', 'host: x', 'upgrade: websocket', 'connection: upgrade')],
  ['an expectation', search('content-length: 1', 'expect: 100-continue')],
  ['a folded line', lines('GET / HTTP/1.1', 'host: x', 'a: b', ' c')],
  ['a space before a colon', lines('GET / HTTP/1.1', 'host : x')],
  ['a bare line feed', 'GET / HTTP/1.1\r\nhost: x\na: b\r\n\r\n'],
  ['a zero byte', lines('GET / HTTP/1.1', 'host: x\u0000')],
  ['more than ASCII', lines('GET / HTTP/1.1', 'host: é')],
  ['a body that is no JSON', lines('POST / HTTP/1.1', 'host: x', 'content-type: text/plain', 'content-length: 1')],
])('%s is not plain', (_what, text) => {
  expect(readPlainHead(text)).toBeNull();
});

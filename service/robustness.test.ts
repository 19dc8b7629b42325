import { afterAll, beforeAll, expect, test } from 'vitest';
import { residentBytes, search, searchHead } from './fixtures/callers.ts';
import { type ServiceProcess, startService } from './fixtures/service-process.ts';
import { connectTimes, talk } from './openapi/fixtures/connection.ts';
import { type DocumentReader, readDocument } from './openapi/fixtures/document-reader.ts';

/** Callers that cannot or do not want to speak HTTP properly cost a connection, never the service. */
let service: ServiceProcess;
let origin: string;
let reader: DocumentReader;

beforeAll(async () => {
  service = await startService({ TREASURE_REQUEST_TIMEOUT_MS: 'none' });
  origin = `http://127.0.0.1:${service.port}`;
  reader = readDocument(await (await fetch(`${origin}/openapi.json`)).json());
});

afterAll(async () => {
  expect(await service.stop()).toBe(0);
});

const bytesMaxGrown = 96 * 1_024 * 1_024;

const malformed: [string, number, string, string[]][] = [
  ['a header bomb', 431, 'HeadersTooLarge', [`GET /healthz HTTP/1.1\r\nhost: x\r\n${`x: ${'x'.repeat(20_000)}\r\n`.repeat(500)}`]],
  ['ten thousand small headers', 431, 'HeadersTooLarge', [`GET /healthz HTTP/1.1\r\n${'a: b\r\n'.repeat(10_000)}\r\n`]],
  ['a huge address', 431, 'HeadersTooLarge', [`GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`]],
  ['a body larger than it may be', 413, 'TooLarge', [searchHead(1_000_000) + 'x'.repeat(100_000)]],
  ['no host', 400, 'BadRequest', ['GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n']],
  ['two lengths', 400, 'BadRequest', ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde']],
  [
    'a length and chunks',
    400,
    'BadRequest',
    ['POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ],
  ['a TLS hello', 400, 'BadRequest', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03']],
  ['HTTP/2 in the clear', 400, 'BadRequest', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']],
];

test.each(malformed)('%s is answered with %i, as documented', async (_what, status, name, pieces) => {
  const answer = await talk(service.port, pieces);
  expect(answer.status).toBe(status);
  expect(reader.problemsOf(name, answer)).toEqual([]);
  expect(await search(origin)).toBe(200);
});

test('a path with a part of 10,000 characters is a bad request that names it', async () => {
  const answer = await fetch(`${origin}/v1/biomes/${'x'.repeat(10_000)}/1/1/map?size=8`);
  expect([answer.status, await answer.json()]).toMatchObject([400, { fields: [{ field: 'world' }] }]);
});

test('an expectation that we do not know is answered as if it were not there', async () => {
  const answer = await talk(service.port, ['GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: miracles\r\nconnection: close\r\n\r\n']);
  expect(reader.problems('get /healthz', answer)).toEqual([]);
});

test('500 searches that are given up in the middle of their body leave nothing behind', async () => {
  const before = await residentBytes(origin);
  for (let round = 0; round < 10; round += 1) {
    const sockets = await connectTimes(service.port, 50);
    for (const socket of sockets) socket.write(`${searchHead(500)}{"playerId":`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const socket of sockets) socket.resetAndDestroy();
  }
  expect(await search(origin)).toBe(200);
  expect((await residentBytes(origin)) - before).toBeLessThan(bytesMaxGrown);
});

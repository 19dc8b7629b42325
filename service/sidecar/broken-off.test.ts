import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOptions } from '../option-reading.ts';
import type { Serving } from '../program.ts';
import { type FakeMain, startFakeMain } from './fixtures/fake-main.ts';
import { openSidecar } from './sidecar.ts';

let main: FakeMain;
let sidecar: Serving;
let origin: string;

beforeEach(async () => {
  main = await startFakeMain();
  const reading = readOptions({
    TREASURE_ENVIRONMENT: 'sidecar',
    TREASURE_LOG_LEVEL: 'silent',
    // A machine that is busy with other tests is no reason for a time-out.
    TREASURE_REQUEST_TIMEOUT_MS: 'none',
    TREASURE_UPSTREAM_PORT: String(main.port),
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  sidecar = openSidecar(reading.options);
  origin = `http://127.0.0.1:${await sidecar.listen()}`;
});
afterEach(async () => {
  await sidecar.drain();
  await main.stop();
});

/** The status of a request whose first try the main process breaks off, and how often it was asked. */
async function brokenOff(path: string, init: RequestInit): Promise<[status: number, asked: number]> {
  main.hold();
  const answer = fetch(origin + path, init);
  while (main.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  main.hangUp();
  return [(await answer).status, main.heard.length];
}

test('a request that only reads is made once more when its connection breaks', async () => {
  expect(await brokenOff('/v1/spawns?near=t-0-1-1-0&radius=64', {})).toEqual([200, 2]);
});

test('any other one is not: it may have been heard', async () => {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  expect(await brokenOff('/v1/anything', post)).toEqual([503, 1]);
});

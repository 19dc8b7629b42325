import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { readOptions } from '../option-reading.ts';
import { writePortFile } from '../port-file.ts';
import type { Serving } from '../program.ts';
import { type FakeMain, startFakeMain } from './fixtures/fake-main.ts';
import { openSidecar } from './sidecar.ts';

const folder = mkdtempSync(join(tmpdir(), 'sidecar-restart-'));
const portFile = join(folder, 'port');
let main: FakeMain;
let sidecar: Serving;
let origin: string;

beforeEach(async () => {
  main = await startFakeMain();
  writePortFile(portFile, main.port);
  const reading = readOptions({
    TREASURE_ENVIRONMENT: 'sidecar',
    TREASURE_LOG_LEVEL: 'silent',
    // A machine that is busy with other tests is no reason for a time-out.
    TREASURE_REQUEST_TIMEOUT_MS: 'none',
    TREASURE_UPSTREAM_PORT_FILE: portFile,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  sidecar = openSidecar(reading.options);
  origin = `http://127.0.0.1:${await sidecar.listen()}`;
  expect((await ask(1)).status).toBe(404);
});
afterEach(async () => {
  await sidecar.drain();
  await main.stop().catch(() => {});
  rmSync(portFile, { force: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Something that only the main process can answer; the one of this test says that there is no such thing. */
function ask(number: number): Promise<Response> {
  return fetch(`${origin}/v1/anything/${number}`);
}

/** As whoever starts it does: the old announcement goes first. */
async function stopMain(): Promise<void> {
  rmSync(portFile);
  await main.stop();
}

async function startMain(): Promise<void> {
  main = await startFakeMain();
  writePortFile(portFile, main.port);
}

test('who asks while the main process is restarted is answered by the new one', async () => {
  await stopMain();
  const waiting = [2, 3, 4].map((number) => ask(number));
  await pause(200);
  await startMain();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(main.heard).toHaveLength(3);
});

test('who asks when it has been away for longer is told so, and sent to another pod; once it is back that is over', async () => {
  await stopMain();
  for (const number of [2, 3]) {
    const { status, headers } = await ask(number);
    expect([status, headers.get('connection')]).toEqual([503, 'close']);
  }
  await startMain();
  const { status, headers } = await ask(2);
  expect([status, headers.get('connection')]).toEqual([404, 'keep-alive']);
});

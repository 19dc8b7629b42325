import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { approachWords, prepareApproach } from './approach.ts';
import { isOnThisMachine, resolveTarget } from './target-reach.ts';
import { readTarget, type Target } from './target-url.ts';

const folder = mkdtempSync(join(tmpdir(), 'launchstorm-approach-'));
afterAll(() => rmSync(folder, { recursive: true }));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test('a name is looked up once, and only its addresses that take a connection are played against', async () => {
  const url = `http://localhost:${await listen('127.0.0.1')}/game`;
  const prepared = await prepareApproach(url, {});
  expect(prepared).toMatchObject({
    ok: true,
    value: { addresses: [{ address: '127.0.0.1', family: 4 }], target: { basePath: '/game' }, notes: [] },
  });
});

test('a target where nobody listens is a problem before anything starts', async () => {
  const port = await listen('127.0.0.1');
  await new Promise((resolve) => servers.pop()?.close(resolve));
  expect(await prepareApproach(`http://127.0.0.1:${port}`, {})).toMatchObject({
    ok: false,
    problems: [{ place: `http://127.0.0.1:${port}`, problem: 'nobody listens there (ECONNREFUSED)' }],
  });
});

test('outside of this machine nobody is even connected to without consent, judged by address and not by name', async () => {
  const prepared = await prepareApproach('http://192.0.2.1:9', {});
  expect(prepared).toMatchObject({ ok: false, problems: [{ problem: 'is not on this machine', remedy: 'add --yes if you may load it' }] });
  expect(
    isOnThisMachine([
      { address: '127.0.0.1', family: 4 },
      { address: '192.0.2.1', family: 4 },
    ]),
  ).toBe(false);
});

test('a name that leads nowhere is a problem', async () => {
  const target = readTarget('http://name.invalid:8080');
  expect(await resolveTarget((target as { value: Target }).value)).toMatchObject({ ok: false, problems: [{ place: 'name.invalid' }] });
});

test('every problem at once, and none of them repeats a header', async () => {
  const notPem = join(folder, 'not.pem');
  writeFileSync(notPem, 'geheim');
  const prepared = await prepareApproach('http://127.0.0.1:1/?token=geheim', {
    headers: ['authorization geheim'],
    headersFile: join(folder, 'missing'),
    ca: notPem,
    insecure: true,
  });
  const places = prepared.ok ? [] : prepared.problems.map(({ place }) => place);
  expect(places).toEqual(['URL', `--headers-file ${join(folder, 'missing')}`, '--header', `--ca ${notPem}`, '--insecure']);
  expect(JSON.stringify(prepared)).not.toContain('geheim');
});

test('--insecure is in the notes of the report', async () => {
  const prepared = await prepareApproach(`http://127.0.0.1:${await listen('127.0.0.1')}`, { insecure: true });
  expect(prepared.ok && prepared.value.notes.join()).toContain('--insecure');
});

test('with nothing to be touched, neither the resolver nor the target is asked', async () => {
  expect(await prepareApproach('http://name.invalid:1', {}, false)).toMatchObject({ ok: true, value: { addresses: [] } });
});

test('the command line that replays a run names headers and never says their values', () => {
  const words = approachWords({
    headers: ['Authorization: geheim', "x'a: geheim"],
    headersFile: "my 'own'.headers",
    ca: 'ca.pem',
    yes: true,
  }).join(' ');
  expect(words).toBe(`--headers-file 'my '\\''own'\\''.headers' --header 'Authorization: …' --header 'xa: …' --ca ca.pem --yes`);
});

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

import { afterEach, expect, test } from 'vitest';
import { type MetricsServer, openMetricsServer } from './metrics-server.ts';

const opened: MetricsServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function open(port: number): Promise<MetricsServer> {
  const server = await openMetricsServer(port);
  if (!server.ok) throw new Error(server.problems.map(({ problem }) => problem).join());
  opened.push(server.value);
  return server.value;
}

test('it listens on this machine only, says that the run has not begun, and then what there is', async () => {
  const server = await open(0);
  expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
  const get = (path: string, method = 'GET') => fetch(`http://${server.address}${path}`, { method });
  expect((await get('/metrics')).status).toBe(503);
  let count = 0;
  server.serve({ '/metrics': { type: 'text/plain', text: async () => `asked ${++count}` } });
  expect(await (await get('/metrics')).text()).toBe('asked 1');
  expect(await (await get('/metrics?again')).text()).toBe('asked 2');
  expect((await get('/other')).status).toBe(404);
  expect((await get('/metrics', 'POST')).status).toBe(405);
});

test('what goes wrong while somebody asks is his answer and nobody else hears of it', async () => {
  const server = await open(0);
  server.serve({ '/metrics': { type: 'text/plain', text: () => Promise.reject(new Error('no figures')) } });
  const answer = await fetch(`http://${server.address}/metrics`);
  expect([answer.status, await answer.text()]).toEqual([500, 'no figures\n']);
});

test('a port that somebody else has is a problem with a remedy', async () => {
  const { address } = await open(0);
  const port = Number(address.split(':')[1]);
  expect(await openMetricsServer(port)).toEqual({
    ok: false,
    problems: [{ place: '--metrics', problem: `port ${port} of 127.0.0.1 is taken`, remedy: 'name another port, or none for a free one' }],
  });
});

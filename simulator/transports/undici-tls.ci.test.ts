import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import type { Reply } from './transport.ts';
import { createUndiciTransport, type UndiciOptions } from './undici.ts';

/** Needs openssl: Node can read certificates, not make them, and no key belongs into a repository. */
const folder = mkdtempSync(join(tmpdir(), 'launchstorm-tls-'));
let server: Server;
let certificate: string;

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1', '-subj', '/CN=pod'];
  execFileSync('openssl', [...request, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  certificate = readFileSync(cert, 'utf8');
  server = createServer({ key: readFileSync(key), cert: certificate }, (_request, response) => response.end('{}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('an unknown certificate: nothing is sent', async () => {
  expect(await ask({})).toMatchObject({ kind: 'unreachable', why: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('a certificate that the user trusts is trusted', async () => {
  expect(await ask({ ca: certificate })).toMatchObject({ kind: 'answered', status: 200 });
});

test('--insecure takes any certificate', async () => {
  expect(await ask({ insecure: true })).toMatchObject({ kind: 'answered', status: 200 });
});

async function ask(options: Omit<UndiciOptions, 'clock'>): Promise<Reply> {
  const transport = createUndiciTransport({ clock: systemClock, ...options });
  const { port } = server.address() as { port: number };
  transport.route([{ pod: 'a', origin: `https://127.0.0.1:${port}`, basePath: '' }]);
  const exchange = { player: 0, method: 'GET', path: '/', body: null, requestId: '1', timeoutMs: 3000 } as const;
  const reply = await new Promise<Reply>((resolve) => transport.send(exchange, resolve));
  await transport.close();
  return reply;
}

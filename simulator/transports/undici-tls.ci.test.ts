import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../machine/system-clock.ts';
import { ask, type Heard } from './plain-exchange.ts';
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
  expect(await askWith({})).toMatchObject({ kind: 'unreachable', why: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('a certificate that the user trusts is trusted', async () => {
  expect(await askWith({ ca: certificate })).toMatchObject({ kind: 'answered', status: 200 });
});

test('--insecure takes any certificate', async () => {
  expect(await askWith({ insecure: true })).toMatchObject({ kind: 'answered', status: 200 });
});

async function askWith(options: Omit<UndiciOptions, 'clock'>): Promise<Heard> {
  const transport = createUndiciTransport({ clock: systemClock, ...options });
  const { port } = server.address() as { port: number };
  transport.route([{ pod: 'a', origin: `https://127.0.0.1:${port}`, basePath: '' }]);
  const heard = await ask(transport, 0, { method: 'GET', path: '/', body: null, requestId: '1' }, 3000);
  await transport.close();
  return heard;
}

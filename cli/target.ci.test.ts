import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { type ShopServer, startShopServer } from '../rehearsal/fixtures/shop-server.ts';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { filesIn, inSandbox, registered, type Sandbox } from './fixtures/sandbox.ts';
import { startTheirRedis } from './fixtures/their-redis.ts';
import { startTheirService } from './fixtures/their-service.ts';
import { runTool } from './fixtures/tool.ts';

const timeout = 90_000;
const shopExample = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs', 'examples', 'shop-api.ts');
const targetAuth = join(dirname(fileURLToPath(import.meta.url)), 'fixtures/target-auth.ts');
const token = 'geheim-4711';

test('the shop of the example is rehearsed behind TLS, a token and a base path; the token is in nothing that is left', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const front = await startFront(sandbox, await startShopServer());
    const scenario = join(sandbox.cwd, 'short-shop.ts');
    await writeFile(
      scenario,
      `import { scenario as shop } from '${pathToFileURL(shopExample).href}';
       const [useful, latency] = shop.expect;
       export const scenario = { ...shop, crowd: { players: 60, mix: { farmer: 1 }, join: '1s' }, settle: '5s',
         expect: [{ ...useful, atLeast: 0.9 }, { ...latency, atMost: '5s' }] };`,
    );
    await writeFile(join(sandbox.cwd, 'shop.headers'), `# for the test\nauthorization: Bearer ${token}\n`, { mode: 0o640 });
    const way = ['--target', `${front.url}/eu`, '--headers-file', 'shop.headers', '--ca', front.ca];
    try {
      const rehearse = ['rehearse', scenario, ...way, '--seed', '7', '--out', sandbox.out, '--json'];
      const { exitCode, stdout, stderr } = await runTool(sandbox, rehearse);
      const report = await readReport(sandbox);
      expect({ exitCode, because: report.verdict.because, stderr }).toMatchObject({ exitCode: 0 });
      expect(report).toMatchObject({ platform: 'foreign', environment: 'unknown', cacheEngine: null, pods: [], faults: [] });
      expect(report.expectations.map(({ met }) => met)).toEqual([true, true]);
      expect(report.notes.join('\n')).toContain('chmod 600 shop.headers');
      expect(report.reproduce).toContain(way.join(' '));
      expect(front.refused()).toBe(0);
      expect(front.shop.complaints).toEqual([]);
      expect(`${stdout}${stderr}`).not.toContain(token);
      for (const file of await filesIn(sandbox.out)) expect([file, (await readFile(file, 'utf8')).includes(token)]).toEqual([file, false]);
      await expectNothingLeft({ ...sandbox, root: sandbox.out });
    } finally {
      await front.close();
    }
  }),
);

test('an authority that nobody vouched for is refused before anything starts, and the remedy is named', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const front = await startFront(sandbox, await startShopServer());
    try {
      const strict = await runTool(sandbox, ['load', front.url, '--for', '2s', '--out', sandbox.out]);
      expect(strict).toMatchObject({
        exitCode: 64,
        stderr: expect.stringMatching(/certificate is not trusted[\s\S]*--ca FILE[\s\S]*--insecure/),
      });
      expect(await readdir(sandbox.root)).not.toContain('out');
      const trusting = await runTool(sandbox, ['load', front.url, '--insecure', '--for', '2s', '--out', sandbox.out, '--players', '30']);
      // It speaks TLS with us, and no treasure API: every answer is a refusal.
      const { verdict, notes } = await readReport(sandbox);
      // On a machine that is busy with other things the generator may be late, which comes before everything else.
      const isLate = verdict.because[0]?.startsWith('the generator was late') === true;
      expect(verdict.because.at(-1)).toContain('useful answers in run: 0 of');
      expect(trusting.exitCode).toBe(isLate ? 2 : 1);
      expect(notes.join()).toContain('--insecure');
    } finally {
      await front.close();
    }
  }),
);

test('faults that a target does not offer are refused, each with place and remedy, and nothing was started', { timeout }, () =>
  inSandbox(async (sandbox) => {
    const shop = await startShopServer();
    const { exitCode, stdout } = await runTool(sandbox, ['rehearse', 'launch-day', '--target', shop.url, '--json', '--out', sandbox.out]);
    await shop.close();
    expect(exitCode).toBe(64);
    const { problems } = JSON.parse(stdout) as { problems: readonly { place: string; problem: string; remedy: string }[] };
    expect(problems).toMatchObject([
      { place: expect.stringMatching(/timeline\[0\]\.fault$/), problem: expect.stringContaining('pod-kill'), remedy: expect.any(String) },
      { place: expect.stringMatching(/timeline\[1\]\.fault$/), remedy: expect.stringContaining('LAUNCHSTORM_REDIS_URL') },
    ]);
    expect([await registered(sandbox), shop.counted.searches]).toEqual([[], 0]);
  }),
);

test(
  'redis-auth on a target and a Redis that the run did not start: only with --yes and a guard; it bites, and is put back',
  { timeout },
  () =>
    inSandbox(async (sandbox) => {
      const redis = await startTheirRedis();
      const service = await startTheirService(redis.url);
      const args = ['rehearse', targetAuth, '--target', service.url, '--seed', '7', '--out', sandbox.out, '--json'];
      const theirs = { LAUNCHSTORM_REDIS_URL: redis.url };
      try {
        const saved = await redis.aclList();
        const refused = await runTool(sandbox, args, theirs);
        expect(refused).toMatchObject({ exitCode: 64, stderr: expect.stringMatching(/--yes[\s\S]*--guard/) });
        const { exitCode, stderr } = await runTool(sandbox, [...args, '--yes', '--guard', 'useful<0.05 for 5s'], theirs);
        const report = await readReport(sandbox);
        expect({ exitCode, because: report.verdict.because, stderr }).toMatchObject({ exitCode: 0 });
        expect(report.faults).toMatchObject([{ kind: 'redis-auth', bite: { proven: true } }]);
        expect(report).toMatchObject({
          platform: 'foreign',
          cacheEngine: expect.stringContaining('(yours)'),
          verdict: { cleanup: 'restored' },
        });
        expect(await redis.aclList()).toBe(saved);
        await expectNothingLeft(sandbox);
      } finally {
        await service.close();
        await redis.close();
      }
    }),
);

type Front = { url: string; ca: string; shop: ShopServer; refused(): number; close(): Promise<void> };

/** A gateway in front of the shop: TLS by an authority of its own, for the name localhost, and a token that it wants to see. */
async function startFront({ cwd }: Sandbox, shop: ShopServer): Promise<Front> {
  const { ca, key, certificate } = makeCertificates(cwd);
  let refused = 0;
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, async (request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      refused += 1;
      response.writeHead(401).end();
      return;
    }
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const method = request.method ?? 'GET';
    const answer = await fetch(`${shop.url}${request.url?.slice('/eu'.length)}`, { method, ...(body === '' ? {} : { body }) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    ca,
    shop,
    refused: () => refused,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await shop.close();
    },
  };
}

function makeCertificates(folder: string): { ca: string; key: string; certificate: string } {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  openssl('req', '-x509', ...curve, '-subj', '/CN=our own authority', '-keyout', path('ca.key'), '-out', path('ca.pem'));
  const signing = [
    '-CA',
    path('ca.pem'),
    '-CAkey',
    path('ca.key'),
    '-addext',
    'subjectAltName=DNS:localhost',
    '-addext',
    'basicConstraints=CA:FALSE',
  ];
  openssl('req', '-x509', ...curve, '-subj', '/CN=localhost', ...signing, '-keyout', path('shop.key'), '-out', path('shop.pem'));
  return { ca: path('ca.pem'), key: path('shop.key'), certificate: path('shop.pem') };
}

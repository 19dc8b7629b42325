import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServiceProcess, startService } from './fixtures/service-process.ts';

/** Reads the document that the service serves, and tries to get answers out of it that the document does not know. */
const version = '4.32.5';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'launchstorm');
const environment = join(cache, `schemathesis-${version}`);
const program = join(environment, 'bin', 'schemathesis');

const run = promisify(execFile);
const installMsMax = 240_000;
const examplesMsMax = 180_000;

let service: ServiceProcess;
const folder = mkdtempSync(join(tmpdir(), 'treasure-schemathesis-'));

beforeAll(async () => {
  // A busy machine makes any work late; that is not what is looked for here.
  service = await startService({ TREASURE_REQUEST_TIMEOUT_MS: 'none' });
});

afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true });
});

/** Once for every version, outside the repository; a file says that it is whole, so that a broken installation is never used. */
async function install(): Promise<void> {
  if (existsSync(join(environment, 'complete'))) return;
  const python = process.env['PYTHON'] || 'python3';
  rmSync(environment, { recursive: true, force: true });
  await run(python, ['-m', 'venv', environment]).catch((error: Error) => {
    throw new Error(`schemathesis needs ${python} with venv (Debian: apt-get install python3 python3-venv): ${error.message}`);
  });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`];
  await run(join(environment, 'bin', 'python'), pip, { timeout: installMsMax });
  writeFileSync(join(environment, 'complete'), version);
}

test(
  'schemathesis finds no answer that the document does not know, no 5xx, and nothing let in that the document forbids',
  async () => {
    await install();
    const output = await schemathesis(`http://127.0.0.1:${service.port}/openapi.json`);
    expect(output.text, output.text).toMatch(/No issues found/);
    expect(output.code).toBe(0);
    const generated = Number(/(\d+) generated/.exec(output.text)?.[1]);
    expect(generated).toBeGreaterThan(1_000);
    expect((await fetch(`http://127.0.0.1:${service.port}/healthz`)).status).toBe(200);
  },
  installMsMax + examplesMsMax + 30_000,
);

function schemathesis(address: string): Promise<{ code: number | null; text: string }> {
  const args = ['run', address, '--checks', 'all', '--max-examples', '800', '--seed', '20260717', '--no-color'];
  const child = spawn(program, [...args, '--generation-database', 'none', '--continue-on-failure'], {
    cwd: folder,
    timeout: examplesMsMax,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}

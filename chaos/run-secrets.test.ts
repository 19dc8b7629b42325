import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processesOfRun, processTitle } from '../machine/process-table.ts';
import { takeover } from './takeover.ts';

const canary = 'canary/5f1d@"+';

test('a secret that a pod of a killed run wrote into its log is masked, whether undo.secrets knew it or only the pod', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-secrets-'));
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  const runId = `secrets-${process.pid}`;
  const pod = spawn('sleep', ['60'], { argv0: processTitle('pod', 'pod-1', runId), env: { SOME_PASSWORD: canary }, stdio: 'ignore' });
  await once(pod, 'spawn');
  await mkdir(join(folder, 'logs'));
  const log = join(folder, 'logs', 'pod-1.log');
  const saved = { values: { ours: 'rotated-canary' }, logins: { cache: { username: 'shop', password: 'login-canary' } } };
  await writeFile(join(folder, 'undo.secrets'), JSON.stringify(saved));
  await writeFile(log, `${canary}\n${encodeURIComponent(canary)}\n${JSON.stringify({ canary })}\nrotated-canary login-canary\nfine\n`);
  try {
    expect(await takeover({ runId, folder, by: 'test' })).toMatchObject({ processesEnded: 1 });
    expect(processesOfRun(runId)).toEqual([]);
    expect(await readFile(log, 'utf8')).toBe('***\n***\n{"canary":"***"}\n*** ***\nfine\n');
  } finally {
    pod.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
});

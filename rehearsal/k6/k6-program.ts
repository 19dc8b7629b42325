import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Result } from '../../core/result.ts';
import { childEnvironment } from '../../machine/child-environment.ts';

const runProgram = promisify(execFile);

/** `hasOutput`: it was built with simulator/k6/extension, and writes seconds. */
export type K6Program = { path: string; version: string; hasOutput: boolean };

const remedy = 'install k6 1.8 or newer (https://grafana.com/docs/k6), or name one in LAUNCHSTORM_K6';

/** k6 from LAUNCHSTORM_K6 or the PATH, asked what it is. */
export async function findK6(environment: NodeJS.ProcessEnv = process.env): Promise<Result<K6Program>> {
  const named = environment['LAUNCHSTORM_K6'] ?? '';
  const path = named === '' ? 'k6' : named;
  const place = named === '' ? 'k6' : 'LAUNCHSTORM_K6';
  try {
    const { stdout } = await runProgram(path, ['version'], { timeout: 10_000, env: childEnvironment() });
    const version = /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
    if (version !== undefined) return { ok: true, value: { path, version, hasOutput: /\blaunchstorm \[output\]/.test(stdout) } };
    return { ok: false, problems: [{ place, problem: `${path} is no k6`, remedy }] };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'was not found' : 'could not be started';
    return { ok: false, problems: [{ place, problem: `${path} ${why}`, remedy }] };
  }
}

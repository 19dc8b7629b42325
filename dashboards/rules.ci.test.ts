import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'prometheus');
const suites = readdirSync(join(folder, 'tests'));

function promtool(args: readonly string[], cwd = folder): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    execFile('promtool', args, { cwd, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : 127, output: `${stdout}${stderr}` });
    });
  });
}

test.each(readdirSync(folder).filter((name) => name.endsWith('.yml')))('%s is a configuration that Prometheus takes', async (name) => {
  expect(await promtool(['check', 'config', '--lint-fatal', name])).toMatchObject({ exitCode: 0 });
});

test.each(suites)('the rules do what tests/%s says', async (name) => {
  expect(await promtool(['test', 'rules', `tests/${name}`])).toMatchObject({ exitCode: 0 });
});

test('every alert has a test that sees it fire', () => {
  const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);
  for (const suite of suites) {
    const alerts = named(readFileSync(join(folder, 'rules', suite), 'utf8'), /- alert: (\w+)/g);
    const fired = named(readFileSync(join(folder, 'tests', suite), 'utf8'), /alertname: (\w+)\n +exp_alerts:\n/g);
    expect(new Set(fired)).toEqual(new Set(alerts));
  }
});

test.each([
  ['service.yml', 'ratio_rate1m > 0.01', 'ratio_rate1m > 0.5', 'EmptyChestsAnswered'],
  ['service.yml', 'unless on (job, instance, run, asked_environment)', 'and on (job, instance, run)', 'TelemetryFromAnotherEnvironment'],
  ['service.yml', 'ratio_rate30s > 0.5', 'ratio_rate30s > 0.95', 'GarbageCollectionPressure'],
  ['rehearsal.yml', '> 14.4', '> 30', 'UsefulChainsBurnTooFast'],
])('rules/%s with "%s" made "%s" fails its test', async (name, from, to, alert) => {
  const copy = mkdtempSync(join(tmpdir(), 'launchstorm-rules-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const path = join(copy, 'rules', name);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
    const { exitCode, output } = await promtool(['test', 'rules', `tests/${name}`], copy);
    expect([exitCode, output]).toEqual([1, expect.stringContaining(alert)]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

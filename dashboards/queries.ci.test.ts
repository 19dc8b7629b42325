import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileBeside, inSandbox, openSandbox, type Sandbox } from '../cli/fixtures/sandbox.ts';
import { runTool, startTool } from '../cli/fixtures/tool.ts';
import { type PrometheusServer, startPrometheus } from './fixtures/prometheus-server.ts';

type Page = { title: string; panels: readonly { title: string; targets?: readonly { expr: string; refId: string }[] }[] };

const folder = join(import.meta.dirname, 'json');
const pages = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Page);

/** Every query of every panel, as Grafana would ask it with everything chosen. */
const queries = pages.flatMap((page) =>
  page.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, refId }) => ({ place: `${page.title} / ${title} / ${refId}`, promql: interpolated(expr) })),
  ),
);

type Group = { targets: readonly string[]; labels: { job: string } };

/** What Prometheus' own linter says of a page; nothing where all is well. */
async function checkMetrics(page: string): Promise<string> {
  const child = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(page);
  const texts = await Promise.all([child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray()));
  return texts.flat().join('');
}

function interpolated(promql: string): string {
  const values = { $job: '.+', $instance: '.+', $__rate_interval: '5s', $__range: '30s', $objective: '0.99' };
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), promql);
}

/** What the repository ships, asked for more often and with the targets of one run. */
function configOf(targetsFile: string): string {
  const shipped = readFileSync(join(import.meta.dirname, 'prometheus/rehearsal.yml'), 'utf8');
  return shipped
    .replaceAll(/_interval: 2s/g, '_interval: 1s')
    .replace(/rule_files: .*/, `rule_files: ['${join(import.meta.dirname, 'prometheus/rules/*.yml')}']`)
    .replace(/http_sd_configs: .*/, `file_sd_configs: [{ files: ['${targetsFile}'], refresh_interval: 1s }]`);
}

describe('after a rehearsal that a real Prometheus looked at', () => {
  let sandbox: Sandbox;
  let prometheus: PrometheusServer;
  /** What each process published in the middle of it, by its job. */
  const published = new Map<string, string>();

  beforeAll(async () => {
    sandbox = await openSandbox();
    prometheus = await startPrometheus(configOf(join(sandbox.out, 'prometheus-targets.json')));
    const brisk = fileBeside('fixtures/brisk.ts');
    const tool = startTool(sandbox, ['rehearse', brisk, '--environment', 'sidecar', '--seed', '5', '--metrics', '--out', sandbox.out]);
    await tool.said('during redis-auth');
    for (const { targets, labels } of JSON.parse(readFileSync(join(sandbox.out, 'prometheus-targets.json'), 'utf8')) as readonly Group[])
      published.set(labels.job, await (await fetch(`http://${targets[0]}/metrics`)).text());
    expect(await tool.ended).toMatchObject({ exitCode: 0 });
  }, 120_000);

  afterAll(async () => {
    await prometheus?.stop();
    rmSync(sandbox.root, { recursive: true, force: true });
  });

  test.each(queries)('$place has data', async ({ promql }) => {
    const series = await prometheus.range(promql);
    expect({ promql, figures: series.flat().filter(Number.isFinite).length > 0 }).toEqual({ promql, figures: true });
  });

  test.each(['launchstorm', 'treasure-service', 'treasure-sidecar'])('what %s publishes is named as Prometheus asks for', async (job) => {
    const text = published.get(job) as string;
    expect(text.length).toBeGreaterThan(1000);
    // The names that prom-client gives to the figures of the runtime are not ours to choose.
    const ours = text.split('\n\n').filter((metric) => !metric.startsWith('# HELP nodejs_'));
    expect(await checkMetrics(`${ours.join('\n')}\n`)).toBe('');
    expect(await checkMetrics('# HELP a_total .\n# TYPE a_total gauge\na_total 1\n')).toContain('a_total');
  });

  test('jobs and instances to choose from are those that ran', async () => {
    expect(await prometheus.labelValues('launchstorm_run_info', 'job')).toEqual(['launchstorm']);
    expect(await prometheus.labelValues('treasure_info', 'job')).toEqual(['treasure-service', 'treasure-sidecar']);
    expect(await prometheus.labelValues('treasure_info', 'instance')).toEqual(['pod-1', 'pod-2', 'pod-3']);
  });

  test('both faults were seen, and a process of a pod that came back at another port is the same instance', async () => {
    const active = await prometheus.range('launchstorm_fault_active == 1');
    expect(active).toHaveLength(2);
    const restarted = await prometheus.range('changes(process_start_time_seconds{job=~"treasure-.*"}[60s]) > 0');
    expect(restarted.length).toBeGreaterThan(0);
  });

  test('alerts that a rehearsal means to set off were set off, and that of another environment was not', async () => {
    const fired = async (alert: string) => (await prometheus.range(`ALERTS{alertname="${alert}",alertstate="firing"}`)).length > 0;
    expect(await fired('RedisRefusesPassword')).toBe(true);
    expect(await fired('TelemetryFromAnotherEnvironment')).toBe(false);
    expect(await fired('RehearsalWithoutTelemetry')).toBe(false);
  });

  test('a query of something that nobody publishes has none', async () => {
    expect(await prometheus.range('launchstorm_chests_opened_total')).toEqual([]);
  });
});

test('on redis-careless people look at staging, as in the story, and an alert says so', { timeout: 120_000 }, () =>
  inSandbox(async (sandbox) => {
    const prometheus = await startPrometheus(configOf(join(sandbox.out, 'prometheus-targets.json')));
    try {
      const brisk = fileBeside('fixtures/brisk.ts');
      await runTool(sandbox, ['rehearse', brisk, '--environment', 'redis-careless', '--seed', '5', '--metrics', '--out', sandbox.out]);
      // Pending is seen; that it then fires is shown by the tests of the rules.
      const told = await prometheus.range('ALERTS{alertname="TelemetryFromAnotherEnvironment"}');
      expect(told.length).toBeGreaterThan(0);
      const shown = 'treasure_info{environment="staging",asked_environment="redis-careless"}';
      expect((await prometheus.range(shown)).length).toBeGreaterThan(0);
    } finally {
      await prometheus.stop();
    }
  }),
);

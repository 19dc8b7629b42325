import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Environment, Platform, PodEndpoint } from './platform.ts';

/** One platform under test, and how to look at it from outside. */
export type Bench = {
  platform: Platform;
  environment: Environment;
  /** A metric that every pod publishes once, with a label `pod`. */
  metric: { name: string; labels: { [label: string]: string }; perPod: number };
  /** What is still there of this run: processes, files, ports; asked of the machine, not of the platform. */
  leftovers(): Promise<readonly string[]>;
  /** Ends what a failing test may have left. */
  clear(): Promise<void>;
};

const soonMs = 15_000;

/** What every platform must do, the fake included. `benchOf` gives a new platform and an environment of three pods each time. */
export function platformContract(name: string, benchOf: () => Promise<Bench>): void {
  describe(`${name}: the contract of a platform`, () => {
    let bench: Bench;

    beforeEach(async () => {
      bench = await benchOf();
    });

    afterEach(async () => {
      await bench.platform.down();
      await bench.clear();
    });

    test('up brings every pod to Ready, each in a process and at an address of its own', async () => {
      const { platform, environment } = bench;
      const lines: string[] = [];
      await platform.up(environment, (line) => lines.push(line));
      const pods = platform.pods();
      expect(pods.map((pod) => [pod.name, pod.state, pod.restarts])).toEqual([
        ['pod-1', 'ready', 0],
        ['pod-2', 'ready', 0],
        ['pod-3', 'ready', 0],
      ]);
      expect(new Set(pods.map((pod) => pod.process?.pid)).size).toBe(3);
      expect(pods.every((pod) => pod.process !== null && platform.isAlive(pod.process))).toBe(true);
      expect(new Set(endpointsOf(platform).map((endpoint) => endpoint.origin)).size).toBe(3);
      expect(lines.length).toBeGreaterThan(0);
    });

    test('a crash ends that very process, its address vanishes, and another process takes its place', async () => {
      const { platform, environment } = bench;
      await platform.up(environment, () => {});
      const seen: (readonly PodEndpoint[])[] = [];
      const forget = platform.watchEndpoints((endpoints) => seen.push(endpoints));
      const before = platform.pods()[1]?.process;
      const killed = await platform.crash('pod-2');
      expect(killed).toEqual(before);
      expect(platform.isAlive(killed)).toBe(false);
      expect(namesOf(endpointsOf(platform))).toEqual(['pod-1', 'pod-3']);
      expect(await platform.awaitReady('pod-2', killed, soonMs)).toBe(true);
      forget();
      expect(seen.map(namesOf)).toEqual([
        ['pod-1', 'pod-2', 'pod-3'],
        ['pod-1', 'pod-3'],
        ['pod-1', 'pod-2', 'pod-3'],
      ]);
      const pod = platform.pods()[1];
      expect(pod?.process).not.toEqual(killed);
      expect(pod?.restarts).toBe(1);
      expect(pod?.exits).toEqual([{ kind: 'killed', code: 137, by: 'signal' }]);
      expect(platform.pods().map((other) => other.restarts)).toEqual([0, 1, 0]);
    });

    test('a crash with a lot ends exactly one process of the pod; one without ends all', async () => {
      const { platform, environment } = bench;
      await platform.up(environment, () => {});
      const [{ processes: before = [] } = {}] = platform.pods();
      expect(before[0]).toEqual(platform.pods()[0]?.process);
      const lot = 720_719;
      const killed = await platform.crash('pod-1', lot);
      expect(killed).toEqual(before[lot % before.length]);
      expect(before.filter(platform.isAlive)).toHaveLength(before.length - 1);
      expect(await platform.awaitReady('pod-1', killed, soonMs)).toBe(true);
      const { processes: between = [], restarts } = platform.pods()[0] ?? {};
      expect([between.length, restarts]).toEqual([before.length, 1]);
      expect(between).not.toContainEqual(killed);
      await platform.crash('pod-1');
      expect(between.filter(platform.isAlive)).toEqual([]);
    });

    test('awaiting a pod says true for any process, true only for another one, and false in the end', async () => {
      const { platform, environment } = bench;
      await platform.up(environment, () => {});
      const current = platform.pods()[0]?.process ?? null;
      expect(await platform.awaitReady('pod-1', null, 50)).toBe(true);
      expect(await platform.awaitReady('pod-1', current, 50)).toBe(false);
      expect(await platform.awaitReady('pod-9', null, 50)).toBe(false);
    });

    test('going down ends the waits at once, and a pod that is not there cannot be killed', async () => {
      const { platform, environment } = bench;
      await platform.up(environment, () => {});
      await expect(platform.crash('pod-9')).rejects.toThrow('pod-9');
      const waiting = platform.awaitReady('pod-1', platform.pods()[0]?.process ?? null, 600_000);
      await platform.down();
      expect(await waiting).toBe(false);
      await expect(platform.crash('pod-1')).rejects.toThrow('pod-1');
    });

    test('a metric is summed over the pods; one that nobody publishes is no number', async () => {
      const { platform, environment, metric } = bench;
      const { name: published, labels, perPod } = metric;
      expect(await platform.metric(published, labels)).toBeNull();
      await platform.up(environment, () => {});
      expect(await platform.metric(published, labels)).toBe(3 * perPod);
      expect(await platform.metric(published, { ...labels, pod: 'pod-2' })).toBe(perPod);
      expect(await platform.metric(published, { ...labels, pod: 'pod-9' })).toBe(0);
      expect(await platform.metric('treasure_no_such_thing', {})).toBeNull();
    });

    test('down leaves nothing behind, however often it is asked, and before anything was up', async () => {
      const { platform, environment, leftovers } = bench;
      await platform.up(environment, () => {});
      expect(await leftovers()).not.toEqual([]);
      const processes = platform.pods().map((pod) => pod.process);
      await Promise.all([platform.down(), platform.down()]);
      await platform.down();
      expect(await leftovers()).toEqual([]);
      expect(processes.some((process) => process !== null && platform.isAlive(process))).toBe(false);
      expect(platform.pods().map((pod) => pod.state)).toEqual(['stopped', 'stopped', 'stopped']);
      expect(endpointsOf(platform)).toEqual([]);
      expect(await platform.metric(bench.metric.name, {})).toBeNull();
    });

    test('down in the middle of up ends both, and nothing is left', async () => {
      const { platform, environment, leftovers } = bench;
      const up = platform.up(environment, () => {});
      const outcome = expect(up).rejects.toThrow('taken down');
      await platform.down();
      await outcome;
      expect(await leftovers()).toEqual([]);
    });

    test('two platforms side by side leave each other alone', async () => {
      const { platform, environment } = bench;
      const other = await benchOf();
      try {
        await Promise.all([platform.up(environment, () => {}), other.platform.up(other.environment, () => {})]);
        await platform.crash('pod-1');
        await platform.down();
        expect(endpointsOf(other.platform).length).toBe(3);
        expect(other.platform.pods().map((pod) => [pod.state, pod.restarts])).toEqual(Array(3).fill(['ready', 0]));
      } finally {
        await other.platform.down();
        await other.clear();
      }
    });

    test('a check finds nothing in a good environment, and every problem of a bad one at once', async () => {
      const { platform, environment, leftovers } = bench;
      expect(await platform.check(environment)).toEqual([]);
      const problems = await platform.check({
        ...environment,
        pods: 0,
        backoffScale: -1,
        runId: 'two words',
        service: { redisPort: 6379 },
      });
      expect(problems.map((problem) => problem.place).sort()).toEqual(['backoffScale', 'pods', 'runId', 'service.redisPort']);
      expect(problems.every((problem) => problem.problem !== '' && problem.remedy !== '')).toBe(true);
      expect(await leftovers()).toEqual([]);
    });
  });
}

export function endpointsOf(platform: Platform): readonly PodEndpoint[] {
  let now: readonly PodEndpoint[] = [];
  platform.watchEndpoints((endpoints) => {
    now = endpoints;
  })();
  return now;
}

export function namesOf(endpoints: readonly PodEndpoint[]): readonly string[] {
  return endpoints.map((endpoint) => endpoint.pod);
}

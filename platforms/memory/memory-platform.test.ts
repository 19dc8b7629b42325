import { describe, expect, test } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import { systemClock } from '../../machine/system-clock.ts';
import { type Bench, endpointsOf, namesOf, platformContract } from '../contract.ts';
import type { Environment } from '../platform.ts';
import { createMemoryPlatform } from './memory-platform.ts';

const environment: Environment = {
  name: 'plain',
  runId: 'memory-test',
  seed: 1,
  pods: 3,
  service: {},
  podMemoryMiB: 256,
  backoffScale: 0.1,
  folder: '/nowhere',
  redisUrl: null,
};

platformContract('memory', async (): Promise<Bench> => {
  const platform = createMemoryPlatform(systemClock, { startMs: 5, restartMs: 10 });
  const metric = { name: 'treasure_requests_total', labels: { operation: 'search' }, perPod: 3 };
  for (const pod of ['pod-1', 'pod-2', 'pod-3']) platform.metrics.set(pod, metric.name, metric.labels, metric.perPod);
  return {
    platform,
    environment,
    metric,
    leftovers: async () => platform.pods().flatMap((pod) => (pod.process === null ? [] : [pod.name])),
    clear: async () => {},
  };
});

/** Time that passes when told to; what is due is called in order of time. */
function steppedClock(): Clock & { pass(ms: number): Promise<void> } {
  let nowMs = 0;
  let due: { atMs: number; callback: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    wallMs: () => nowMs,
    after(delayMs, callback) {
      const entry = { atMs: nowMs + delayMs, callback };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    async pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        await Promise.resolve();
        const next = due.filter((entry) => entry.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        due = due.filter((entry) => entry !== next);
        nowMs = next.atMs;
        next.callback();
      }
      nowMs = untilMs;
    },
  };
}

describe('memory platform on a simulated clock', () => {
  async function upAtOnce(habits: Parameters<typeof createMemoryPlatform>[1]) {
    const clock = steppedClock();
    const platform = createMemoryPlatform(clock, habits);
    const up = platform.up(environment, () => {});
    await clock.pass(1_000);
    await up;
    return { clock, platform };
  }

  test('a crashed pod is Ready again exactly when the clock says so', async () => {
    const { clock, platform } = await upAtOnce({ restartMs: 800 });
    await platform.crash('pod-1');
    await clock.pass(799);
    expect(namesOf(endpointsOf(platform))).toEqual(['pod-2', 'pod-3']);
    await clock.pass(1);
    expect(namesOf(endpointsOf(platform))).toEqual(['pod-1', 'pod-2', 'pod-3']);
  });

  test('a lost pod never comes back, and waiting for it ends with false', async () => {
    const { clock, platform } = await upAtOnce({ lost: ['pod-2'] });
    const killed = await platform.crash('pod-2');
    const back = platform.awaitReady('pod-2', killed, 60_000);
    await clock.pass(60_000);
    expect(await back).toBe(false);
    expect(platform.pods()[1]).toMatchObject({ state: 'backing-off', restarts: 0, process: null });
  });

  test('a crash that does nothing is seen through by asking whether the process lives', async () => {
    const { platform } = await upAtOnce({ crashDoesNothing: true });
    const killed = await platform.crash('pod-1');
    expect(platform.isAlive(killed)).toBe(true);
    expect(platform.pods()[0]?.restarts).toBe(0);
  });

  test('a refusal to come up leaves nothing', async () => {
    const platform = createMemoryPlatform(steppedClock(), { refusal: 'TREASURE_REDIS_PASSWORD is missing' });
    await expect(platform.up(environment, () => {})).rejects.toThrow('TREASURE_REDIS_PASSWORD');
    expect(platform.pods()).toEqual([]);
  });

  test('a rotated password refuses the pods when their connections are closed, and works again once it is put back', async () => {
    const { platform } = await upAtOnce({});
    const { redis } = platform;
    const saved = redis.aclLine();
    const { password } = platform.cache() ?? { password: '' };
    redis.setPasswords(['broken']);
    expect(redis.passwordWorks(password)).toBe(false);
    expect(await platform.metric('treasure_redis_auth_refused_total', {})).toBe(0);
    redis.closeConnections(3);
    expect(await platform.metric('treasure_redis_auth_refused_total', {})).toBe(3);
    redis.setPasswords([password]);
    redis.closeConnections(3);
    expect(redis.aclLine()).toBe(saved);
    expect(await platform.metric('treasure_redis_auth_refused_total', {})).toBe(3);
  });
});

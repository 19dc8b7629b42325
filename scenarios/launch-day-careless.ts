// Do players hang when the service waits for Redis without a time-out and without a limit on what queues up? (They do: broken.)
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Launch day, careless about Redis',
  service: { redisTimeoutMs: null, redisQueueMax: null },
  crowd: { kind: 'explorers', players: 400, mix: { explorer: 6, farmer: 2, wanderer: 2 } },
  timeline: [
    { at: '15s', for: '10s', fault: { kind: 'pod-kill', variant: 'crash', pods: 1, every: '4s' } },
    { at: '45s', for: '10s', fault: { kind: 'redis-auth', variant: 'rotate' } },
  ],
  settle: '25s',
  expect: [
    { share: 'useful', of: 'chain', atLeast: 0.99, in: ['before', 'after'] },
    { share: 'useful', of: 'chain', atLeast: 0.95, in: 'every during' },
    { latency: 0.99, of: 'search', atMost: '50ms', in: ['before', 'after'] },
    { latency: 0.99, of: 'search', atMost: '250ms', in: 'every during' },
    { recovery: 'latency', of: 'search', within: '20s', after: 'every fault' },
  ],
};

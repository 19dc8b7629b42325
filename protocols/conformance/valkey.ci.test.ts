import { beforeAll } from 'vitest';
import { conformanceSuite } from './contract.ts';
import { realServer } from './fixtures/real-server.ts';
import { valkeyProgram } from './fixtures/valkey-program.ts';

const fetchWithinMs = 240_000;

// Needs python3 with pip, once, to fetch the program.
beforeAll(async () => {
  await valkeyProgram();
}, fetchWithinMs);

conformanceSuite(
  'valkey-server',
  realServer('valkey-server 9.1.2', async () => ({ LAUNCHSTORM_REDIS_SERVER: await valkeyProgram() })),
);

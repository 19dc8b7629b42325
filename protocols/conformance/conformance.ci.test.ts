import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCacheServer } from '../redis-process.ts';
import { conformanceSuite } from './contract.ts';

// Needs redis-server 7.0.15 on the PATH: its texts are what the cases expect, and what the embedded server imitates.
conformanceSuite('redis-server', async (password) => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-conformance-'));
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true });
  const server = await startCacheServer({ runId: 'conformance', folder, password, prefer: 'real' }).catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  return {
    port: server.port,
    stop: async () => {
      await server.stop();
      await removeFolder();
    },
  };
});

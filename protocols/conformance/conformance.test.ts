import { systemClock } from '../../machine/system-clock.ts';
import { startCache } from '../cache/server.ts';
import { conformanceSuite } from './contract.ts';

conformanceSuite('embedded', async (password) => {
  const server = await startCache({
    host: '127.0.0.1',
    port: 0,
    password,
    maxMemoryBytes: 8 * 1024 * 1024,
    clientsMax: 64,
    clock: systemClock,
  });
  return { port: server.port, stop: () => server.close() };
});

import { conformanceSuite } from './contract.ts';
import { realServer } from './fixtures/real-server.ts';

// Needs Debian's redis-server on the PATH: its texts are what the cases expect, and what the embedded server imitates.
conformanceSuite(
  'redis-server',
  realServer('redis-server 7.0.15', async () => ({ PATH: process.env['PATH'] })),
);

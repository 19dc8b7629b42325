import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../bench-run.ts';
import { playAtFullSpeed } from './full-speed.ts';

/** What the generator says it sent, and what the server wrote into its access log, to the request. */
export type Accounting = {
  sent: number;
  searches: number;
  ok: number;
  empty: number;
  others: number;
  logLines: number;
  loggedEmpty: number;
};

/** Without faults the two books must be equal. The log is written at once, so the rate is lower than in the other parts. */
export async function playAccounting(bench: Bench): Promise<Accounting> {
  const folder = await mkdtemp(join(bench.folder, 'accounting-'));
  const { whole } = await playAtFullSpeed(bench, { folder, log: 'all', seconds: bench.measuredSeconds, nodeFlags: [] });
  const lines = (await readFile(join(folder, 'nginx-127.0.0.1', 'access.log'), 'utf8')).trimEnd().split('\n');
  const loggedEmpty = lines.filter((line) => line.startsWith('POST ') && line.endsWith(' empty')).length;
  const { sent, searches, ok, empty } = whole;
  return { sent, searches, ok, empty, others: sent - ok - empty, logLines: lines.length, loggedEmpty };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startCacheServer } from '../../redis-process.ts';
import type { RespConnection } from '../../resp/connection.ts';
import { openResp } from '../../resp/connection.ts';
import { listUsers, newDirectory, setUser } from './directory.ts';
import { modifier } from './fixtures/random-rules.ts';

const password = 'differences';

/** The line of user `u`, its single commands sorted: the real server's order is that of a hash table with a random seed. */
function comparable(lines: readonly string[]): string {
  const words = (lines.find((line) => line.startsWith('user u ')) ?? 'none').split(' ');
  const first = words.findIndex((word) => /^[+-][^@]/.test(word));
  return first < 0 ? words.join(' ') : [...words.slice(0, first), ...words.slice(first).sort()].join(' ');
}

async function realLines(real: RespConnection): Promise<string[]> {
  const { value } = await real.ask('ACL', 'LIST');
  return value.kind === 'list' ? value.items.map((item) => (item.kind === 'text' ? item.text : '')) : [];
}

test('any sequence of rules gives the same answers and the same line as redis-server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launchstorm-acl-'));
  const server = await startCacheServer({ runId: 'acl-differences', folder, password, prefer: 'real' });
  const real = await openResp({ host: server.host, port: server.port, timeoutMs: 2000 });
  try {
    await real.ask('AUTH', password);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(modifier, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), async (requests) => {
        const ours = newDirectory(password);
        await real.ask('ACL', 'DELUSER', 'u');
        for (const words of requests) {
          const problem = setUser(ours, 'u', words);
          const { raw } = await real.ask('ACL', 'SETUSER', 'u', ...words);
          expect(problem === null ? '+OK\r\n' : `-ERR ${problem}\r\n`).toBe(raw);
          expect(comparable(listUsers(ours))).toBe(comparable(await realLines(real)));
        }
      }),
      { numRuns: 400 },
    );
  } finally {
    real.close();
    await server.stop();
    await rm(folder, { recursive: true });
  }
});

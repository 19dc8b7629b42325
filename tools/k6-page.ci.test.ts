import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTreasureServer } from '../cli/fixtures/treasure-server.ts';
import { readPage } from './doc-commands/page.ts';
import { follow } from './doc-commands/reader.ts';
import { openCheckout } from './fixtures/checkout.ts';

const runProgram = promisify(execFile);
const path = 'docs/k6.md';

/** The reader's Go has its modules and what it compiled before, as everybody's has: not a home that was made a moment ago. */
async function goFolders(): Promise<{ [name: string]: string }> {
  const { stdout } = await runProgram('go', ['env', '-json', 'GOCACHE', 'GOMODCACHE', 'GOPROXY', 'GOSUMDB']);
  return JSON.parse(stdout) as { [name: string]: string };
}

/** k6 is the one on the PATH: `.ci/run` builds it with the output of simulator/k6/extension. */
test(`${path}, followed word by word`, { timeout: 900_000 }, async () => {
  const server = await startTreasureServer('far');
  const checkout = await openCheckout({ ...(await goFolders()), TARGET: server.url, GOFLAGS: '-p=2 -buildvcs=false' });
  try {
    await follow(readPage(path, readFileSync(join(import.meta.dirname, '..', path), 'utf8')), checkout, { plays: true, k6: true });
    const { engines, operations } = JSON.parse(checkout.read('comparison.json'));
    expect([operations.search.sent.own, operations.search.sent.k6].every((sent: number) => sent > 100)).toBe(true);
    expect(engines.k6.folder).toContain('-k6-');
  } finally {
    checkout.remove();
    await server.close();
  }
});

import { expect, test } from 'vitest';
import { operations, outcomes } from '../core/outcome.ts';
import type { Comparison } from '../rehearsal/k6/perform-comparison.ts';
import { fileBeside, inSandbox, registered } from './fixtures/sandbox.ts';
import { type Ended, runTool } from './fixtures/tool.ts';
import { startTreasureServer, type TreasureServer } from './fixtures/treasure-server.ts';

const timeout = 150_000;

/** One server, somewhat far away: who asks the same waits as long, so that nothing but the engines can differ. */
function compared(scenario: string, more: readonly string[], look: (ended: Ended, server: TreasureServer) => void): Promise<void> {
  return inSandbox(async (sandbox) => {
    const server = await startTreasureServer('far');
    try {
      const args = ['k6', fileBeside(scenario), '--compare', '--target', server.url, '--seed', '5', '--json', '--out', sandbox.out];
      look(await runTool(sandbox, [...args, ...more]), server);
      expect(await registered(sandbox)).toEqual([]);
    } finally {
      await server.close();
    }
  });
}

test('both engines play the same crowd on one target, and rate, outcomes and latency agree', { timeout }, () =>
  compared('fixtures/steady.ts', ['--players', '120', '--for', '25s'], ({ exitCode, stdout, stderr }, server) => {
    const comparison = JSON.parse(stdout) as Comparison;
    for (const operation of operations) {
      const { sent, ratePerSecond, shares, latencyUsP50, latencyUsP95 } = comparison.operations[operation];
      expect(Math.min(sent.own, sent.k6)).toBeGreaterThan(500);
      expect(sent.own + sent.k6).toBeLessThanOrEqual(server.counted[operation]);
      expect(ratioOf(ratePerSecond), `rate of ${operation}`).toBeLessThanOrEqual(0.02);
      for (const outcome of outcomes) {
        const { own, k6 } = shares[outcome];
        expect(Math.abs((k6 as number) - (own as number)), `${outcome} of ${operation}`).toBeLessThanOrEqual(0.005);
      }
      expect(ratioOf(latencyUsP50), `p50 of ${operation}`).toBeLessThanOrEqual(0.25);
      expect(ratioOf(latencyUsP95), `p95 of ${operation}`).toBeLessThanOrEqual(0.25);
    }
    // There are empty chests to disagree about.
    expect(comparison.operations.search.shares.empty.own).toBeGreaterThan(0.01);
    expect({ exitCode, status: comparison.status, stderr }).toMatchObject({ exitCode: 0, status: 'agreed' });
  }),
);

test('where nobody comes there is nothing to compare: 2, and never an agreement', { timeout }, () =>
  compared('fixtures/nobody.ts', ['--for', '9s'], ({ exitCode, stdout }) => {
    expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({ exitCode: 2, status: 'no-data' });
  }),
);

function ratioOf({ own, k6 }: { own: number | null; k6: number | null }): number {
  return Math.abs((k6 as number) / (own as number) - 1);
}

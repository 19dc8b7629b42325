import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Operation, operations } from '../core/outcome.ts';
import { readSeconds } from '../rehearsal/seconds-file.ts';
import { sentOf } from '../simulator/measure/accounting.ts';
import { readReport } from './fixtures/expected.ts';
import { fileBeside, inSandbox, type Sandbox } from './fixtures/sandbox.ts';
import { type Ended, startProgram } from './fixtures/tool.ts';

const timeout = 90_000;

test('while nothing is broken the service counts exactly what players say they sent, operation by operation', { timeout }, () =>
  inSandbox(async (sandbox) => {
    expect(await playCounted(sandbox, 'fixtures/quiet.ts')).toMatchObject({ exitCode: 0 });
    const [counted, told] = await Promise.all([countedByService(sandbox), toldByPlayers(sandbox)]);
    for (const operation of operations) {
      expect(told[operation].sent).toBeGreaterThan(50);
      expect([operation, counted[operation]]).toEqual([operation, told[operation].sent]);
      expect([operation, told[operation].unknown]).toEqual([operation, 0]);
    }
  }),
);

test(
  'while pods are killed the service counts no less than was answered, no more than was sent, and the rest is unknown',
  { timeout },
  () =>
    inSandbox(async (sandbox) => {
      const { stderr } = await playCounted(sandbox, 'fixtures/pods-killed.ts');
      expect(stderr).toBe('');
      expect((await readReport(sandbox)).pods.reduce((sum, pod) => sum + pod.restarts, 0)).toBeGreaterThan(3);
      const [counted, told] = await Promise.all([countedByService(sandbox), toldByPlayers(sandbox)]);
      for (const operation of operations) {
        const { sent, unknown } = told[operation];
        const answered = sent - unknown;
        expect(counted[operation]).toBeGreaterThanOrEqual(answered);
        expect(counted[operation]).toBeLessThanOrEqual(sent);
        expect(counted[operation] - answered).toBeLessThanOrEqual(unknown);
      }
    }),
);

function playCounted(sandbox: Sandbox, scenario: string): Promise<Ended> {
  return startProgram(fileBeside('fixtures/counted-main.ts'), [fileBeside(scenario), sandbox.out], sandbox).ended;
}

/** Lines of the access logs: `<epochMs> <requestId> <operation> <status>`, written before the answer's first byte. */
async function countedByService({ out }: Sandbox): Promise<{ [operation in Operation]: number }> {
  const logs = join(out, 'logs');
  const files = (await readdir(logs)).filter((name) => name.endsWith('.access'));
  expect(files).toHaveLength(3);
  const lines = (await Promise.all(files.map((name) => readFile(join(logs, name), 'utf8')))).flatMap((text) =>
    text.split('\n').slice(0, -1),
  );
  const ids = lines.map((line) => line.split(' ')[1]);
  // Nothing was sent twice behind the players' back.
  expect(new Set(ids).size).toBe(ids.length);
  const count = (operation: Operation) => lines.filter((line) => line.split(' ')[2] === operation).length;
  return { search: count('search'), spawns: count('spawns'), biome: count('biome') };
}

/** Over the whole run, joining and leaving included: windows leave out what lies between a recovery and the next fault. */
async function toldByPlayers({ out }: Sandbox): Promise<{ [operation in Operation]: { sent: number; unknown: number } }> {
  const seconds = await readSeconds(join(out, 'seconds.ndjson'));
  const told = (operation: Operation) => {
    const figures = seconds.map((second) => second.operations[operation]);
    const sum = (count: (each: (typeof figures)[number]) => number) => figures.reduce((total, each) => total + count(each), 0);
    return { sent: sum(sentOf), unknown: sum((each) => each.outcomes.unknown) };
  };
  return { search: told('search'), spawns: told('spawns'), biome: told('biome') };
}

import { expect, test } from 'vitest';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { inSandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';

test('a service that is careless about Redis is broken, and the report names what players missed', { timeout: 240_000 }, () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout } = await runTool(sandbox, ['rehearse', 'launch-day-careless', '--seed', '7', '--out', sandbox.out]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('Broken') });
    const { verdict, expectations, faults } = await readReport(sandbox);
    expect(verdict).toMatchObject({ status: 'broken', cleanup: 'restored' });
    const unmet = expectations.filter(({ met }) => met === false).map(({ text }) => text);
    console.log(`unmet: ${unmet.join('; ')}`);
    expect(unmet).toContainEqual(expect.stringContaining('during:redis-auth'));
    for (const text of unmet) expect(verdict.because.join('\n')).toContain(text);
    expect(faults.every(({ bite }) => bite.proven)).toBe(true);
    await expectNothingLeft(sandbox);
  }),
);

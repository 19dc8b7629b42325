import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { StoryTable } from '../rehearsal/story/judge.ts';
import { becomesTrue, processesNaming } from './fixtures/leftovers.ts';
import { inSandbox, registered, strayFiles } from './fixtures/sandbox.ts';
import { runTool, startTool } from './fixtures/tool.ts';

test('row 6: Redis refuses everybody while the dashboard is green, and the story says whose dashboard it is', {
  timeout: 90_000,
}, async () => {
  await inSandbox(async (sandbox) => {
    const { exitCode, stdout } = await runTool(sandbox, ['story', '--only', '6', '--seed', '7', '--out', sandbox.out, '--json']);
    const table = JSON.parse(stdout) as StoryTable;
    expect(table.rows.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(['6a reached', '6b reached']);
    expect({ exitCode, said: table.exitCode }).toEqual({ exitCode: 0, said: 0 });
    expect(await readFile(join(sandbox.out, 'story.md'), 'utf8')).toContain('you are looking at staging');
    expect(await strayFiles(sandbox)).toEqual([]);
  });
});

test('Ctrl-C in the middle of a play ends the story with 130, and nothing is left', { timeout: 90_000 }, async () => {
  await inSandbox(async (sandbox) => {
    const tool = startTool(sandbox, ['story', '--only', '1', '--out', sandbox.out]);
    await tool.said('1 of 4');
    await pause(4_000);
    tool.stop('SIGINT');
    expect(await tool.ended).toMatchObject({ exitCode: 130, stdout: expect.stringContaining('not shown here') });
    await becomesTrue(20_000, () => processesNaming([sandbox.out]).length === 0);
    expect(processesNaming([sandbox.out])).toEqual([]);
    expect(await registered(sandbox)).toEqual([]);
    expect(await strayFiles(sandbox)).toEqual([]);
  });
});

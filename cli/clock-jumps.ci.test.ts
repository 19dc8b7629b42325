import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readJournal } from '../chaos/journal.ts';
import { expectNothingLeft, readReport } from './fixtures/expected.ts';
import { fileBeside, inSandbox } from './fixtures/sandbox.ts';
import { runTool } from './fixtures/tool.ts';

const jumping = { NODE_OPTIONS: `--import=${pathToFileURL(fileBeside('fixtures/jumping-date.ts')).href}` };
/** Of the scenario; and what the machine may add. */
const heldMs = 4000;
const muchLaterMs = 60_000;

test(
  'a conductor whose wall clock jumps by hours all the time holds its fault as long as planned, and its watchdog lets it',
  {
    timeout: 60_000,
  },
  () =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await runTool(
        sandbox,
        ['rehearse', fileBeside('fixtures/soon.ts'), '--seed', '7', '--out', sandbox.out],
        jumping,
      );
      const report = await readReport(sandbox);
      expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: report.exitCode, stderr: '' });
      // A machine that does other things as well makes the generator late, which is no matter here.
      expect(['held', 'inconclusive']).toContain(report.verdict.status);
      const { entries } = await readJournal(sandbox.out);
      const played = entries.slice(entries.findLastIndex((entry) => entry.event === 'run'));
      const times = played.map(({ atMs }) => atMs);
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(times.at(-1)).toBeLessThan(muchLaterMs);
      expect(played.find((entry) => entry.event === 'undone')).toMatchObject({ by: 'conductor' });
      const [fault] = report.faults;
      const lastedMs = (fault?.undoneAtMs ?? 0) - (fault?.appliedAtMs ?? 0);
      expect(lastedMs).toBeGreaterThanOrEqual(heldMs);
      expect(lastedMs).toBeLessThan(muchLaterMs);
      for (const { fromMs, toMs } of report.windows) expect(toMs).toBeGreaterThanOrEqual(fromMs);
      await expectNothingLeft(sandbox);
    }),
);

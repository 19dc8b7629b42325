import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openChromium } from './fixtures/chromium.ts';
import { kindsOfReport } from './fixtures/kinds-of-report.ts';
import { ask, type OpenedReport, openReport } from './fixtures/opened-report.ts';
import type { ChartState, TableText } from './fixtures/page-facts.ts';
import { chainDifferences, operationDifferences } from './fixtures/written-figures.ts';
import type { Report } from './format.ts';

/** The page in a real browser: it shows what report.json holds. */

// A browser on a busy machine is slow; what it shows does not depend on that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'launchstorm report '));

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.keys(kindsOfReport))('the page of a run: %s', (kind) => {
  const report = kindsOfReport[kind]!();
  let opened: OpenedReport;
  beforeAll(async () => {
    opened = await openReport(browser, report, { folder });
  });
  afterAll(() => opened?.page.context().close());

  test('it opens without an error, a warning or a request', () => {
    expect(opened.troubles).toEqual([]);
  });

  test('its tables hold the figures of report.json for every window, operation and chain', async () => {
    const tables = await ask<TableText[]>(opened, 'tables()');
    const tableOf = (caption: string) => tables.find((table) => table.caption.startsWith(caption))!;
    expect(operationDifferences(tableOf('Actions by window'), report)).toEqual([]);
    expect(chainDifferences(tableOf('Chains'), report)).toEqual([]);
  });

  test('four charts are drawn over the whole run, each line in ink', async () => {
    const charts = await ask<ChartState[]>(opened, 'charts()');
    expect(charts.map(({ id, canvases }) => [id, canvases])).toEqual(
      ['rates', 'latency', 'troubles', 'presence'].map((id) => [`chart-${id}`, 1]),
    );
    for (const [index, { seconds, series }] of charts.entries()) {
      if (report.seconds.length === 0) continue;
      expect(seconds).toEqual([0, report.seconds.at(-1)!.toMs / 1000]);
      const ink = await ask<number[]>(opened, `ink(${index})`);
      expect(ink).toHaveLength(series.length);
      for (const pixels of ink) expect(pixels).toBeGreaterThan(20);
    }
  });

  test('faults and recoveries are tinted where they were, on every chart', async () => {
    const wanted = tintsOf(report);
    for (const [index, { box, seconds }] of (await ask<ChartState[]>(opened, 'charts()')).entries()) {
      const perSecond = box.width / (seconds[1] - seconds[0]);
      const seen = stretches(await ask<number[]>(opened, `tints(${index})`));
      expect(seen.map(({ tint }) => tint)).toEqual(wanted.map(({ tint }) => tint));
      for (const [at, { from, to }] of seen.entries()) {
        expect(Math.abs(from - wanted[at]!.fromSeconds * perSecond)).toBeLessThanOrEqual(pixelsOff);
        expect(Math.abs(to - wanted[at]!.toSeconds * perSecond)).toBeLessThanOrEqual(pixelsOff);
      }
    }
  });
});

/** Half a pixel of rounding, and a grid line on the edge. */
const pixelsOff = 1.5;

type Tint = 'fault' | 'recovery';

/** From the faults themselves, not from the windows that the page draws them by. */
function tintsOf({ faults, durationMs }: Report): readonly { tint: Tint; fromSeconds: number; toSeconds: number }[] {
  return faults.flatMap(({ appliedAtMs, undoneAtMs, recoveredAfterMs }, index) => {
    if (appliedAtMs === null) return [];
    const undone = undoneAtMs ?? durationMs;
    const recovered = recoveredAfterMs === null ? (faults[index + 1]?.appliedAtMs ?? durationMs) : undone + recoveredAfterMs;
    const fault = { tint: 'fault' as const, fromSeconds: appliedAtMs / 1000, toSeconds: undone / 1000 };
    const recovery = { tint: 'recovery' as const, fromSeconds: undone / 1000, toSeconds: recovered / 1000 };
    return recovered > undone ? [fault, recovery] : [fault];
  });
}

/** Opacity of each tint, 0 to 255: the fill, and the edge on top of it, as the style has them. */
const opacityOf: { readonly [tint in Tint]: readonly number[] } = { fault: [28, 153], recovery: [10, 71] };
/** Grid lines interrupt a tint. */
const gapMax = 3;

/** A row of opacities as stretches of one tint. */
function stretches(opacities: readonly number[]): { tint: Tint; from: number; to: number }[] {
  const found: { tint: Tint; from: number; to: number }[] = [];
  for (const [x, opacity] of opacities.entries()) {
    const tint = (['fault', 'recovery'] as const).find((each) => opacityOf[each].some((known) => Math.abs(known - opacity) <= 2));
    if (tint === undefined) continue;
    const last = found.at(-1);
    if (last?.tint === tint && x - last.to <= gapMax) last.to = x + 1;
    else found.push({ tint, from: x, to: x + 1 });
  }
  return found;
}

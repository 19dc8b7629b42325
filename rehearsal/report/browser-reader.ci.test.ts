import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openChromium } from './fixtures/chromium.ts';
import { hostileReport, hostileTexts, kindsOfReport } from './fixtures/kinds-of-report.ts';
import { ask, type Look, type OpenedReport, openReport } from './fixtures/opened-report.ts';
import type { ChartState, Overflow } from './fixtures/page-facts.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import type { Report } from './format.ts';

/** The page in a real browser: people can use it, whatever they have and whatever is written in it. */

// A browser on a busy machine is slow; what it shows does not depend on that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'launchstorm reader '));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withPage(report: Report, look: Omit<Look, 'folder'>, use: (opened: OpenedReport) => Promise<void>): Promise<void> {
  const opened = await openReport(browser, report, { folder, ...look });
  await use(opened);
  expect(opened.troubles).toEqual([]);
  await opened.page.context().close();
}

describe('with the keyboard', () => {
  test('Tab reaches everything that a mouse can use, in the order of the page, and then leaves', () =>
    withPage(sampleReport(), {}, async (opened) => {
      const controls = await ask<string[]>(opened, 'controls()');
      const reached: (string | null)[] = [];
      for (let presses = 0; presses <= controls.length; presses++) {
        await opened.page.keyboard.press('Tab');
        reached.push(await ask<string | null>(opened, 'focus()'));
      }
      expect(controls.length).toBeGreaterThan(20);
      expect(reached).toEqual([...controls, null]);
    }));

  test('arrow keys move one cursor over all charts, and the legends say what is under it', () =>
    withPage(sampleReport(), {}, async (opened) => {
      await opened.page.locator('#chart-latency').focus();
      for (let presses = 0; presses < 6; presses++) await opened.page.keyboard.press('ArrowRight');
      await opened.page.keyboard.press('ArrowLeft');
      const charts = await ask<ChartState[]>(opened, 'charts()');
      expect(charts.map(({ at }) => at)).toEqual([4, 4, 4, 4]);
      expect(charts.map(({ readout }) => readout)).toEqual(Array(4).fill('0:04 – 0:05'));
    }));

  test('a line is hidden and shown again from the legend, and the scale is switched', () =>
    withPage(sampleReport(), {}, async ({ page }) => {
      const line = page.locator('#chart-rates .u-legend .u-series').nth(2);
      await line.locator('th').focus();
      await page.keyboard.press('Enter');
      expect(await line.getAttribute('class')).toContain('u-off');
      await page.keyboard.press('Space');
      expect(await line.getAttribute('class')).not.toContain('u-off');
      const scale = page.getByRole('button', { name: 'log scale' });
      expect(await scale.getAttribute('aria-pressed')).toBe('true');
      await scale.press('Enter');
      expect(await scale.getAttribute('aria-pressed')).toBe('false');
    }));
});

describe('with the mouse', () => {
  test('a drag zooms all charts, a double click shows the whole run again', () =>
    withPage(sampleReport(), {}, async (opened) => {
      const { page } = opened;
      const whole = await shown(opened);
      const plot = page.locator('#chart-rates .u-over');
      await plot.scrollIntoViewIfNeeded();
      const box = (await plot.boundingBox())!;
      const drag = async (from: number, to: number) => {
        await page.mouse.move(box.x + box.width * from, box.y + 60);
        await page.mouse.down();
        await page.mouse.move(box.x + box.width * to, box.y + 60, { steps: 5 });
        await page.mouse.up();
        await ask(opened, 'settled()');
      };
      await drag(0.25, 0.5);
      for (const [from, to] of await shown(opened)) {
        expect(from).toBeCloseTo(90 * 0.25, 0);
        expect(to).toBeCloseTo(90 * 0.5, 0);
      }
      await plot.dblclick();
      expect(await shown(opened)).toEqual(whole);
      await drag(0.25, 0.5);
      await page.locator('#chart-presence').press('Escape');
      expect(await shown(opened)).toEqual(whole);
    }));

  test('the copy button copies the line that plays the run again', () =>
    withPage(sampleReport(), { permissions: ['clipboard-read', 'clipboard-write'] }, async ({ page }) => {
      await page.getByRole('button', { name: 'copy' }).click();
      await page.getByRole('button', { name: 'copied' }).waitFor({ timeout: 5000 });
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(sampleReport().reproduce);
    }));

  test('without a clipboard the line is selected, ready to be copied by hand', () =>
    withPage(sampleReport(), { before: 'Object.defineProperty(navigator, "clipboard", { value: undefined })' }, async ({ page }) => {
      await page.getByRole('button', { name: 'copy' }).click();
      await page.getByRole('button', { name: 'press Ctrl+C' }).waitFor({ timeout: 5000 });
      expect(await page.evaluate('String(getSelection())')).toBe(sampleReport().reproduce);
    }));
});

async function shown(opened: OpenedReport): Promise<readonly (readonly [number, number])[]> {
  return (await ask<ChartState[]>(opened, 'charts()')).map(({ seconds }) => seconds);
}

describe('on screens of any width', () => {
  const widths = [360, 768, 1280, 1920];
  const { broken, recorded, 'of nothing': bare } = kindsOfReport;
  const reports: typeof kindsOfReport = { broken, recorded, bare, hostile: hostileReport } as typeof kindsOfReport;

  test.each(Object.keys(reports))('the page never scrolls sideways: %s', async (kind) => {
    await withPage(reports[kind]!(), {}, async (opened) => {
      for (const width of widths) {
        await opened.page.setViewportSize({ width, height: 800 });
        await expect.poll(() => ask<Overflow>(opened, 'overflow()'), { message: `${width} pixels` }).toEqual({ sideways: 0, out: [] });
      }
    });
  });

  test('at 360 pixels the figures of a row scroll under its name, which stays', () =>
    withPage(sampleReport(), { viewport: { width: 360, height: 740 } }, async ({ page }) => {
      const box = page.getByRole('region', { name: 'Actions by window' });
      const name = box.locator('tbody th[scope=row]').first();
      const before = (await name.boundingBox())!;
      await box.focus();
      await page.keyboard.press('End');
      await box.evaluate((element: { scrollLeft: number }) => {
        element.scrollLeft = 10_000;
      });
      expect((await box.locator('tbody tr').nth(1).locator('td').last().boundingBox())!.x).toBeLessThan(360);
      expect((await name.boundingBox())!.x).toBeCloseTo(before.x, 0);
      expect(before.width).toBeLessThan(180);
    }));

  test('the first screen of a laptop says the verdict, what players felt, how long recovery took and where it hurt', async () => {
    for (const report of [sampleReport(), sampleReport({ careless: true })]) {
      await withPage(report, {}, async ({ page }) => {
        const story = page.locator('.verdict');
        for (const words of ['useful chains', 'search p99', 'how long recovery took', 'where', 'not recovered']) {
          expect(await story.innerText()).toMatch(report.exitCode === 0 && words === 'not recovered' ? /6\.0 s after/ : new RegExp(words));
        }
        expect((await story.locator('.scroll').boundingBox())!.width).toBeLessThan(1240);
        expect(await story.locator('.scroll').evaluate(hiddenWidth)).toBe(0);
        const chart = (await page.locator('#chart-rates').boundingBox())!;
        expect(chart.y + chart.height).toBeLessThan(800);
      });
    }
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['broken', 'recorded', 'interrupted', 'of nothing'])('axe-core finds nothing to object to: %s', async (kind) => {
    // axe is put in as a script of its own, which the page's policy rightly refuses.
    await withPage(kindsOfReport[kind]!(), { colorScheme, bypassCSP: true }, async ({ page }) => {
      await page.evaluate(axe);
      const found = (await page.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`)) as {
        violations: Violation[];
        passes: unknown[];
      };
      expect(found.violations.map(describeViolation)).toEqual([]);
      expect(found.passes.length).toBeGreaterThan(20);
    });
  });

  test('charts take the colours of the scheme, and those of paper when printed', () =>
    withPage(sampleReport(), { colorScheme }, async (opened) => {
      const coloured = () => ask<boolean>(opened, `isDrawnIn(${JSON.stringify(okLine[colorScheme])})`);
      expect(await coloured()).toBe(true);
      await opened.page.emulateMedia({ media: 'print', colorScheme });
      await expect.poll(() => ask<boolean>(opened, `isDrawnIn(${JSON.stringify(okLine.light)})`)).toBe(true);
    }));
});

/** The line of useful answers in both schemes, as the style has it. */
const okLine = { light: '#1f4f96', dark: '#84b3fa' } as const;

/** Without margins of 12 mm, at 96 pixels an inch. */
const a4Landscape = { width: 1032, height: 703 };

const hiddenWidth = ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) => scrollWidth - clientWidth;

test('on paper nothing is cut off, and nothing is there that only works on a screen', () =>
  withPage(sampleReport(), {}, async (opened) => {
    const { page } = opened;
    await page.setViewportSize(a4Landscape);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button').count()).toBe(0);
    await expect.poll(() => ask<Overflow>(opened, 'overflow()')).toEqual({ sideways: 0, out: [] });
    for (const box of await page.locator('.scroll').all()) expect(await box.evaluate(hiddenWidth)).toBe(0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  }));

describe('a report in which every text is hostile', () => {
  const report = hostileReport();

  test('runs nothing, makes no element and is there to be read', () =>
    withPage(report, {}, async (opened) => {
      const { page } = opened;
      await page.mouse.move(640, 100);
      await page.mouse.move(640, 400, { steps: 20 });
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
      expect(await ask<number>(opened, 'strangers()')).toBe(0);
      const title = await page.locator('h1').innerText();
      expect(title).toContain(hostileTexts.markup);
      expect(title).toContain(hostileTexts.quotes);
    }));

  test('characters that turn a text around or hide in it are written out', () =>
    withPage(report, {}, async ({ page }) => {
      const body = await page.locator('body').innerText();
      expect(body).toContain('loot⟨U+202E⟩txt.exe⟨U+2066⟩');
      expect(body).toContain('pod⟨U+200B⟩-⟨U+2060⟩1⟨U+FEFF⟩');
      expect(body).not.toMatch(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/);
    }));
});

type Violation = { id: string; help: string; nodes: { html: string; failureSummary?: string }[] };

function describeViolation({ id, help, nodes }: Violation): string {
  return `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`;
}

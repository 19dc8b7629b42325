import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { openChromium } from '../rehearsal/report/fixtures/chromium.ts';

/**
 * Pictures of a run's report for README: `npm run screenshots [-- RUN]`, by default runs/latest. Writes docs/images/report.png and
 * report-dark.png: the first screen of a laptop. Needs Chromium on the PATH or in LAUNCHSTORM_CHROMIUM.
 * Exit codes: 0 written, 1 a picture became too large, 64 the folder holds no report.
 */

const root = join(import.meta.dirname, '..');
const viewport = { width: 1280, height: 800 };
/** Every clone carries them for ever. */
const bytesMax = 200_000;

async function main(folder: string): Promise<number> {
  const page = join(folder, 'report.html');
  if (!existsSync(page)) {
    process.stderr.write(`${folder}: holds no report.html\n  -> name the folder of a run, or play one: npm run rehearse\n`);
    return 64;
  }
  const browser = await openChromium();
  try {
    const sizes = [await shoot(browser, page, 'light'), await shoot(browser, page, 'dark')];
    return sizes.every((bytes) => bytes <= bytesMax) ? 0 : 1;
  } finally {
    await browser.close();
  }
}

/** Bytes of the picture. One device pixel is one pixel of the page, so that two machines make the same picture. */
async function shoot(browser: Browser, page: string, colorScheme: 'light' | 'dark'): Promise<number> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, colorScheme, reducedMotion: 'reduce' });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  await tab.locator('#chart-rates canvas').waitFor();
  const picture = await tab.screenshot({ animations: 'disabled' });
  const file = join(root, 'docs/images', colorScheme === 'dark' ? 'report-dark.png' : 'report.png');
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  writeFileSync(file, picture);
  process.stdout.write(`${file}: ${picture.length} bytes${picture.length > bytesMax ? `, more than ${bytesMax}` : ''}\n`);
  return picture.length;
}

process.exitCode = await main(resolve(process.argv[2] ?? join(root, 'runs/latest')));

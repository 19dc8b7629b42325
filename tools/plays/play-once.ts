import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One rehearsal for a tool that compares several. */
export type Wish = { readonly scenario: string; readonly environment: string; readonly seed: number; readonly out: string };

type Told = { readonly verdict: { readonly status: string } };

/** What ended in another way says nothing about what was lost or found. */
const judged: readonly string[] = ['held', 'broken'];
const playMsMax = 10 * 60_000;
const root = join(import.meta.dirname, '../..');

/**
 * Plays it in a process of its own and gives its report. A rehearsal that did not hold counts too; one that was not played to its end is an
 * error, and so is one that nobody waited for.
 */
export function playOnce<Report extends Told>({ scenario, environment, seed, out }: Wish, stopped: AbortSignal): Promise<Report> {
  const wishes = ['--environment', environment, '--seed', String(seed), '--out', out, '--quiet'];
  const args = [join(root, 'cli/main.ts'), 'rehearse', resolve(root, scenario), ...wishes];
  return new Promise((played, failed) => {
    execFile(process.execPath, args, { cwd: root, timeout: playMsMax }, (_error, _stdout, told) => {
      const report = readReport<Report>(join(out, 'report.json'));
      if (stopped.aborted) failed(new Error('stopped'));
      else if (report === null) failed(new Error(`${environment}, seed ${seed}: no report; ${told.slice(-500)}`));
      else if (!judged.includes(report.verdict.status)) failed(new Error(`${environment}, seed ${seed}: ${report.verdict.status}`));
      else played(report);
    });
  });
}

/**
 * Plays what `work` plays, with a folder of its own for it that is gone afterwards. Ctrl-C reaches the rehearsal as well: it puts
 * everything back, and nothing is played after it.
 */
export async function playAll(work: (folder: string, stopped: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  process.on('SIGINT', () => stopping.abort());
  const folder = mkdtempSync(join(tmpdir(), 'launchstorm-plays-'));
  try {
    await work(folder, stopping.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = stopping.signal.aborted ? 130 : 70;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport<Report>(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';
import { crowdOf, joinedMs } from '../crowd-of.ts';
import type { CheckedCrowd } from '../crowd-rows.ts';
import { freshSeed } from '../identity.ts';
import { type LoadedScenario, loadScenario } from '../load-scenario.ts';
import { plannedMs } from '../plan.ts';
import type { DrawingNames } from './describe-drawing.ts';
import type { Drawn } from './draw-crowd.ts';

export type DrawingWishes = { seed?: number; players?: number; for?: number; out?: string };

/** `page`: the file to write, null for none. */
export type PreparedDrawing = { names: DrawingNames; drawn: Drawn; page: string | null };

/** What is to be drawn, or every problem at once. */
export async function prepareDrawing(scenarioName: string, wishes: DrawingWishes): Promise<Result<PreparedDrawing>> {
  const loaded = await loadScenario(scenarioName);
  const page = wishes.out === undefined ? null : pageAt(wishes.out);
  const problems = [...(loaded.ok ? [] : loaded.problems), ...(page === null ? [] : await pageProblems(page, wishes.out ?? ''))];
  if (!loaded.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...drawingOf(loaded.value, wishes), page } };
}

function drawingOf({ path, scenario }: LoadedScenario, wishes: DrawingWishes): Omit<PreparedDrawing, 'page'> {
  const asked: CheckedCrowd = { ...scenario.crowd, players: wishes.players ?? scenario.crowd.players };
  const { sessions, arrivals } = asked;
  return {
    names: {
      title: scenario.title,
      scenario: path,
      sessionLaw: typeof sessions === 'string' ? sessions : sessions.law,
      arrivalShape: arrivals.shape,
    },
    drawn: { crowd: crowdOf(asked, wishes.seed ?? freshSeed()), forMs: wishes.for ?? plannedMs(scenario), joinedMs: joinedMs(asked) },
  };
}

/** A file by its name, or one in a folder. */
function pageAt(out: string): string {
  return /\.html?$/i.test(out) ? resolve(out) : join(resolve(out), 'crowd.html');
}

async function pageProblems(page: string, out: string): Promise<readonly Problem[]> {
  try {
    // Not recursive: with that Node tries for ever where a file system refuses every name, as /proc does.
    if (!existsSync(dirname(page))) await mkdir(dirname(page));
    await access(dirname(page), constants.W_OK);
    return [];
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return [{ place: '--out', problem: `${out} cannot be written (${why})`, remedy: 'a file that ends with .html, or a folder' }];
  }
}

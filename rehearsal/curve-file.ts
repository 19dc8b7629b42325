import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { Result } from '../core/result.ts';

/** A scenario whose curve is in a file, with the points in its place; without arrivals where they cannot be had. */
export type WholeScenario = { raw: unknown; problems: readonly Problem[] };

/** Reads the curve. What else is wrong with the scenario is not looked at here. */
export async function withCurve(raw: unknown, scenarioFile: string): Promise<WholeScenario> {
  const arrivals = at(at(raw, 'crowd'), 'arrivals');
  const file = at(arrivals, 'file');
  if (at(arrivals, 'shape') !== 'curve' || typeof file !== 'string' || at(arrivals, 'points') !== undefined) return { raw, problems: [] };
  const points = await readCurve(resolve(dirname(scenarioFile), file), file);
  const whole = points.ok ? { ...(arrivals as object), points: points.value } : undefined;
  const crowd = { ...(at(raw, 'crowd') as object), arrivals: whole };
  return { raw: { ...(raw as object), crowd }, problems: points.ok ? [] : points.problems };
}

type Point = { at: string; players: number };

async function readCurve(path: string, shown: string): Promise<Result<readonly Point[]>> {
  const place = 'crowd.arrivals.file';
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null)
    return { ok: false, problems: [{ place, problem: `${shown} cannot be read`, remedy: 'a path relative to the scenario' }] };
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const rows = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line !== '' && !line.startsWith('#'));
  const isHeading = /^[a-z]/i.test(rows[0]?.line ?? '');
  const read = rows.slice(isHeading ? 1 : 0).map(({ line, number }) => pointOf(line, `${shown}:${number}`));
  const problems = read.flatMap((each) => (each.ok ? [] : each.problems)).slice(0, problemsMax);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: read.flatMap((each) => (each.ok ? [each.value] : [])) };
}

/** Of a file of another kind each line is wrong. */
const problemsMax = 5;

function pointOf(line: string, place: string): Result<Point> {
  const [, seconds, players] = /^(\d+(?:\.\d+)?)\s*[,;\t]\s*(\d+(?:\.\d+)?)$/.exec(line) ?? [];
  if (seconds !== undefined && players !== undefined) return { ok: true, value: { at: `${seconds}s`, players: Number(players) } };
  const problem: Problem = {
    place,
    problem: `"${line.slice(0, 40)}" is no point of a curve`,
    remedy: 'seconds,players: for example 90,1250',
  };
  return { ok: false, problems: [problem] };
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown })[key] : undefined;
}

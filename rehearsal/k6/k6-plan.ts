import type { Problem } from '../../core/problem.ts';
import type { Result } from '../../core/result.ts';
import { commandLine } from '../../machine/program.ts';
import { bundleScript } from '../../simulator/k6/bundle.ts';
import type { ScriptFacts } from '../../simulator/k6/script-facts.ts';
import { shellWord } from '../approach.ts';
import { poolSize } from '../crew-of.ts';
import { crowdOf, joinedMs } from '../crowd-of.ts';
import { freshSeed, versions } from '../identity.ts';
import { loadScenario } from '../load-scenario.ts';
import { faultRequests, type Plan, plannedMs } from '../plan.ts';
import type { CheckedScenario } from '../scenario.ts';
import { readTarget } from '../target-url.ts';
import { plannedWindows } from './planned-windows.ts';
import { type Judged, judgedBy, missingWindows, notJudged, thresholdsOf } from './thresholds.ts';

/** What the user asked for. Durations in ms. */
export type K6Wishes = { seed?: number; players?: number; for?: number; target?: string };

/** A scenario as k6 plays it: everything but the text of the script. */
export type K6Plan = {
  scenarioPath: string;
  scenario: CheckedScenario;
  seed: number;
  facts: ScriptFacts;
  judged: readonly Judged[];
  notJudged: readonly string[];
};

/** Checks everything and starts nothing: every problem at once. */
export async function prepareK6(scenarioName: string, wishes: K6Wishes): Promise<Result<K6Plan>> {
  const loaded = await loadScenario(scenarioName);
  const target = wishes.target === undefined ? null : readTarget(wishes.target, '--target');
  const early = [...(loaded.ok ? [] : loaded.problems), ...(target === null || target.ok ? [] : target.problems)];
  if (!loaded.ok) return { ok: false, problems: early };
  const { path: scenarioPath, scenario: written } = loaded.value;
  const scenario = { ...written, crowd: { ...written.crowd, players: wishes.players ?? written.crowd.players } };
  const seed = wishes.seed ?? freshSeed();
  const url = target?.ok ? target.value.origin + target.value.basePath : '';
  const facts = await factsOf({ scenarioPath, scenario, seed, url }, wishes.for);
  const problems = [...early, ...lengthProblems(scenario, facts)];
  if (problems.length > 0) return { ok: false, problems };
  const judged = judgedBy(scenario.expect, facts.windows);
  const plan = { scenarioPath, scenario, seed, judged, notJudged: notJudged(scenario.expect) };
  return { ok: true, value: { ...plan, facts: { ...facts, thresholds: thresholdsOf(judged) } } };
}

type Given = { scenarioPath: string; scenario: CheckedScenario; seed: number; url: string };

async function factsOf({ scenarioPath, scenario, seed, url }: Given, forMs: number | undefined): Promise<ScriptFacts> {
  const joinMs = joinedMs(scenario.crowd);
  const endMs = forMs ?? plannedMs(scenario);
  const { players, mix } = scenario.crowd;
  const reproduce = [commandLine('export'), 'k6', shellWord(scenarioPath), '--seed', String(seed), '--players', String(players)];
  return {
    crowd: crowdOf(scenario.crowd, seed),
    endMs,
    windows: plannedWindows({ joinMs, endMs, faults: faultRequests(scenario), expect: scenario.expect }),
    thresholds: {},
    api: scenario.api ?? null,
    target: url,
    about: {
      ...{ scenario: scenarioPath, title: scenario.title, joinMs, endMs, seed, mix, players, expect: scenario.expect },
      reproduce: [...reproduce, '--for', `${endMs / 1000}s`].join(' '),
      version: (await versions())['launchstorm'] ?? '',
    },
  };
}

/** A window that is judged and does not come would be a threshold without samples. */
function lengthProblems({ expect, crowd }: CheckedScenario, { windows, endMs }: ScriptFacts): readonly Problem[] {
  const place = '--for';
  const joinMs = joinedMs(crowd);
  if (endMs <= joinMs) return [{ place, problem: 'ends while players still join', remedy: `more than ${joinMs / 1000}s` }];
  return missingWindows(expect, windows).map((name) => ({
    place,
    problem: `${endMs / 1000}s has no window "${name}", which an expectation judges`,
    remedy: 'play beyond the end of the first fault, or leave --for out',
  }));
}

/** What a rehearsal plans, for k6 to play: for longer than the conductor will let it. */
export async function planScript({ scenarioPath, scenario, seed, reproduce }: Plan, forMs: number): Promise<K6Plan> {
  const facts = await factsOf({ scenarioPath, scenario, seed, url: '' }, forMs);
  const plan = { scenarioPath, scenario, seed, judged: [], notJudged: [] };
  return { ...plan, facts: { ...facts, about: { ...facts.about, reproduce } } };
}

/** What a ConfigMap holds, less room for names and labels around the script. */
export const scriptBytesMax = 1_048_576 - 32_768;

/** The script and how many bodies are in its pool: as many as the tool's own players have, fewer where they would not fit. */
export async function scriptOf({ facts, seed }: K6Plan): Promise<{ text: string; bodies: number }> {
  const { buildPool } = await import('../../simulator/payloads/pool.ts');
  for (let bodies = poolSize; ; bodies = Math.floor(bodies * 0.8)) {
    const text = headed(await bundleScript({ facts, pool: buildPool(seed, bodies) }), facts);
    if (Buffer.byteLength(text) <= scriptBytesMax || bodies < 10) return { text, bodies };
  }
}

/** How the file says that it may be written over. */
export const scriptMark = '// Made by launchstorm: ';

function headed(bundled: string, { about, endMs }: ScriptFacts): string {
  const title = about.title.replace(/\s+/g, ' ');
  return [
    `${scriptMark}${title}, ${about.players} players for ${endMs / 1000} s, seed ${about.seed}. Changes are lost; again by`,
    `//   ${about.reproduce}`,
    '// Play it with k6 1.8 or newer: k6 run -e LAUNCHSTORM_TARGET=http://127.0.0.1:8080 FILE',
    '// LAUNCHSTORM_HEADERS_FILE names a file with one `name: value` a line, LAUNCHSTORM_INSECURE=1 takes any certificate.',
    bundled,
  ].join('\n');
}

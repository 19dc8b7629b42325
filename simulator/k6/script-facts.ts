import type { Crowd } from '../crowd/crowd.ts';
import type { ApiMapping } from '../players/api-mapping.ts';
import type { BodyTemplate } from '../players/request.ts';

/** What a script for k6 carries with it: data alone, so that one and the same code plays any scenario. */
export type ScriptFacts = {
  crowd: Crowd;
  /** Length of play, ms: nothing begins after it. */
  endMs: number;
  windows: readonly PlannedWindow[];
  /** Metric (with tags), and what must hold of it. */
  thresholds: { readonly [metric: string]: readonly string[] };
  /** Another API than the treasure API; null for that one. */
  api: ApiMapping | null;
  /** Where players go when nobody says otherwise at the start: origin and base path; '' where somebody has to say. */
  target: string;
  /** What a runner says of itself in its report and journal: copied as it is, so that `merge` finds the parts of one run. */
  about: RunnerAbout;
};

export type RunnerAbout = {
  scenario: string;
  title: string;
  joinMs: number;
  endMs: number;
  seed: number;
  mix: { readonly [persona: string]: number };
  players: number;
  /** The scenario's expectations as they were checked. */
  expect: readonly unknown[];
  reproduce: string;
  version: string;
};

/** A stretch of play by the scenario's timeline, [fromMs, toMs). */
export type PlannedWindow = { name: string; fromMs: number; toMs: number };

/** The facts, and the pool of bodies as the text of a JSON array: parsed once in a process, not once for each player. */
export type ScriptContent = { facts: ScriptFacts; pool: readonly BodyTemplate[] };

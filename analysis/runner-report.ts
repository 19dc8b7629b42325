import { z } from 'zod';
import { reportSchema } from '../rehearsal/report/format.ts';
import { scenarioSchema } from '../rehearsal/scenario.ts';

/**
 * What a runner has to say of itself in the `report.json` beside its seconds: who it was, what it played, when it began, how
 * late it was. This tool's own runs write all of a report; a runner written elsewhere needs no more than the required rows.
 */
const { runId, scenario, title, environment, platform, seed, startedAt, durationMs } = reportSchema.shape;
const { format, crowd, generator, ...others } = reportSchema.shape;
const { windows, faults, pods, findings, notes, verdict, exitCode, seconds } = others;
const { cacheEngine, startedBy, commit, versions, reproduce } = others;

export const runnerReportSchema = z.object({
  ...{ format, runId, scenario, title, environment, platform, seed, startedAt, durationMs },
  crowd: z.object({ players: crowd.shape.players, mix: crowd.shape.mix.default({}) }),
  generator: z.object(generator.shape).partial().default({}),
  ...z.object({ cacheEngine, startedBy, commit, versions, reproduce }).partial().shape,
  /** Where there is no journal: what was expected, and how long players took to join. */
  ...z.object({ joinMs: z.number().nonnegative(), expect: scenarioSchema.shape.expect }).partial().shape,
  ...z.object({ windows, faults, pods, findings, notes, verdict, exitCode, seconds }).partial().shape,
});

export type RunnerReport = z.output<typeof runnerReportSchema>;

/** What the journal's `run` line has to hold for its expectations to be judged again. */
export const journalHeaderSchema = z.looseObject({
  kind: z.enum(['rehearsal', 'load']),
  runId,
  ...{ scenario, title, environment, platform, seed, startedAt },
  players: crowd.shape.players,
  mix: crowd.shape.mix,
  joinMs: z.number().nonnegative(),
  expect: scenarioSchema.shape.expect,
});

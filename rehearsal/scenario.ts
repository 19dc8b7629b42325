import { z } from 'zod';
import { apiMappingSchema } from './api-mapping.ts';
import { crowdRows } from './crowd-rows.ts';
import { durationRow as duration } from './duration-row.ts';
import { defaultEnvironment, environmentNames } from './environment-names.ts';

/**
 * A scenario is plain data. Each option is one row: name, unit, default, check, help. The type, the JSON Schema, the help
 * and the reference in docs/ are derived from these rows.
 */

const positiveInteger = (max: number) => z.number().int().min(1).max(max);

/** Which windows an expectation judges. */
const windows = z
  .union(
    [
      z.array(z.enum(['before', 'after'])).min(1),
      z.literal('every during').describe('each `during:<fault>` window by itself'),
      z.literal('every recovery').describe('each `recovery:<fault>` window by itself'),
      z.literal('run').describe('the whole run after the warm-up'),
    ],
    { error: "names no windows -> write ['before', 'after'], 'every during', 'every recovery' or 'run'" },
  )
  .describe('windows to judge, each by itself');

const operation = z.enum(['search', 'spawns', 'biome']);

const shareExpectation = z.strictObject({
  share: z.literal('useful').describe('useful answers / planned ones'),
  of: z.union([operation, z.literal('chain')]),
  atLeast: z.number().min(0).max(1).describe('share, 0..1'),
  in: windows,
});

const latencyExpectation = z.strictObject({
  latency: z.number().gt(0).lt(1).describe('quantile: 0.99 is p99, from the moment when the player meant to act'),
  of: z.union([operation, z.literal('chain')]),
  atMost: duration,
  in: windows,
});

const recoveryExpectation = z.strictObject({
  recovery: z.literal('latency').describe('p99 and useful share back at those of `before`'),
  of: operation,
  within: duration,
  after: z.literal('every fault'),
});

const faultRow = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pod-kill'),
    variant: z
      .enum(['crash', 'whole-pod'])
      .default('crash')
      .describe(
        'crash: SIGKILL of one process of the pod, as when memory runs out; a sidecar or the main process beside it lives on. ' +
          'whole-pod: SIGKILL of all its processes at once, as when its sandbox or its node is lost. The restart policy brings back what died',
      ),
    pods: positiveInteger(100).default(1).describe('how many pods at a time'),
    every: duration.optional().describe('strike again every so long while the fault lasts'),
  }),
  z.strictObject({
    kind: z.literal('roll'),
    variant: z
      .enum(['all-at-once', 'one-by-one'])
      .default('one-by-one')
      .describe('every pod is stopped and started anew: all-at-once as with maxUnavailable 100%, one-by-one as with 1'),
    every: duration.optional().describe('least time between two steps of the roll'),
  }),
  z.strictObject({
    kind: z.literal('node-pressure'),
    variant: z.enum(['evict']).default('evict').describe('evict: on two modelled nodes, by what the pods really use'),
    every: duration.optional().describe('how often the kubelet looks'),
  }),
  z.strictObject({
    kind: z.literal('redis-auth'),
    variant: z.enum(['rotate']).default('rotate').describe('rotate: the password changes and live connections are closed'),
  }),
]);

const guardRow = z.strictObject({
  share: z.literal('useful'),
  of: z.union([operation, z.literal('chain')]),
  below: z.number().min(0).max(1).describe('abort (and restore) when the share falls below this'),
  for: duration.default('5s').describe('for at least so long'),
});

export const scenarioSchema = z.strictObject({
  title: z.string().min(1).max(200),
  environment: z.enum(environmentNames).default(defaultEnvironment).describe('environment of the reference service'),
  service: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({})
    .describe('options of the service that differ from the environment; null means no limit'),
  api: apiMappingSchema
    .optional()
    .describe('another API than the treasure API, for `--target`: where the three moves go and what answers mean'),
  pods: positiveInteger(16).default(3).describe('pods of the service'),
  crashBackOff: z
    .enum(['quick', 'kubelet'])
    .default('quick')
    .describe(
      'how long a process that has crashed waits to be started again, where this run starts it itself. kubelet: as in a cluster, the first time not at all, then 10 s, ' +
        'doubled up to 5 min. quick: ten times faster, so that a short rehearsal sees it come back',
    ),
  crowd: crowdRows,
  timeline: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,40}$/)
          .optional()
          .describe('defaults to the kind of the fault, then kind-2, …'),
        at: duration.describe('since play began'),
        for: duration,
        fault: faultRow,
      }),
    )
    .max(50)
    .default([]),
  settle: duration.default('25s').describe('play after the last fault was put back, at most; ends early never'),
  guards: z.array(guardRow).max(20).default([]),
  expect: z
    .array(z.union([shareExpectation, latencyExpectation, recoveryExpectation]))
    .max(100)
    .describe('what must hold; a scenario that expects nothing shows nothing'),
});

/** What people write. */
export type Scenario = z.input<typeof scenarioSchema>;
/** The same with every default filled in. */
export type CheckedScenario = z.output<typeof scenarioSchema>;
export type Expectation = CheckedScenario['expect'][number];
export type Guard = CheckedScenario['guards'][number];

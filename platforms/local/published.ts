import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const runProgram = promisify(execFile);
const answersWithinMs = 15_000;
const outputBytesMax = 1_048_576;

const optionValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const optionValues = z.record(z.string(), optionValue);

const deployment = z.object({
  sidecar: z.boolean(),
  redis: z.enum(['guarded', 'dummy']),
  redisSecret: z.enum(['given', 'missing']),
  telemetryFrom: z.string(),
});

const published = z.object({
  properties: z.record(z.string(), z.object({ default: optionValue.optional(), description: z.string().optional() })),
  environments: z.record(z.string(), optionValues),
  deployments: z.record(z.string(), deployment),
});

export type OptionValue = z.infer<typeof optionValue>;
export type Deployment = z.infer<typeof deployment>;

/** What the service says about itself: its options, its environments, and what stands around it in each. */
export type Published = z.infer<typeof published> & {
  /** The JSON Schema of the options as it came. */
  schema: Parameters<typeof z.fromJSONSchema>[0];
};

const askedBefore = new Map<string, Promise<Published>>();

/** Asks the program once (`--print-schema`): nothing of it is imported. Rejects where it does not say. */
export function publishedBy(program: string): Promise<Published> {
  const known = askedBefore.get(program) ?? ask(program);
  askedBefore.set(program, known);
  return known;
}

async function ask(program: string): Promise<Published> {
  const limits = { timeout: answersWithinMs, maxBuffer: outputBytesMax, env: { PATH: process.env['PATH'] ?? '' } };
  const { stdout } = await runProgram(process.execPath, [program, '--print-schema'], limits);
  const said: unknown = JSON.parse(stdout);
  const { environments: _, deployments: __, ...schema } = said as { [key: string]: unknown };
  return { ...published.parse(said), schema: schema as Published['schema'] };
}

/** The value that an option has in an environment: the scenario's own, else the environment's, else the default. */
export function valueIn({ environments, properties }: Published, environment: string, own: { readonly [key: string]: OptionValue }) {
  return (key: string): OptionValue | undefined => {
    if (key in own) return own[key];
    const brought = environments[environment] ?? {};
    return key in brought ? brought[key] : properties[key]?.default;
  };
}

const alone: Deployment = { sidecar: false, redis: 'guarded', redisSecret: 'given', telemetryFrom: 'itself' };

/** An environment that the service does not know of is nothing but its name: the service will say so itself. */
export function deploymentOf({ deployments }: Published, environment: string): Deployment {
  return deployments[environment] ?? alone;
}

import { z } from 'zod';

/**
 * What of a TestRun (k6-operator, `k6.io/v1alpha1`) these files use, written from the operator's documentation: unknown members are
 * refused, because the API server would drop them without a word.
 */
const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is no DNS label');

const environment = z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), value: z.string() }));

const pod = z.strictObject({
  image: z.string().min(1).optional(),
  env: environment.optional(),
});

export const testRunSchema = z.strictObject({
  apiVersion: z.literal('k6.io/v1alpha1'),
  kind: z.literal('TestRun'),
  metadata: z.strictObject({ name: dnsLabel, namespace: dnsLabel.optional(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.strictObject({
    parallelism: z.number().int().min(1).max(1000),
    script: z.strictObject({ configMap: z.strictObject({ name: dnsLabel, file: z.string().regex(/^[-._a-zA-Z0-9]+$/) }) }),
    arguments: z.string().optional(),
    separate: z.boolean().optional(),
    cleanup: z.literal('post').optional(),
    quiet: z.enum(['true', 'false']).optional(),
    runner: pod.optional(),
    initializer: pod.optional(),
  }),
});

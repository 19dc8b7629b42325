import type { EnvironmentName } from './options.ts';

/**
 * What stands around the service in each environment. The service itself does nothing with it: it is for whoever starts the pods, and is
 * printed beside the options by `--print-schema`.
 */
export type Deployment = {
  /** Whether each pod has a sidecar in front of the main process (`sidecar/sidecar-main.ts`). */
  readonly sidecar: boolean;
  /** `guarded`: a Redis with a password. `dummy`: one that takes any password, and none. */
  readonly redis: 'guarded' | 'dummy';
  /** `missing`: the chart takes the password from a secret that does not exist here. */
  readonly redisSecret: 'given' | 'missing';
  /** Whose metrics and logs people look at: those of its own pods, or those of another environment, which then runs beside it. */
  readonly telemetryFrom: 'itself' | EnvironmentName;
};

const usual: Deployment = { sidecar: false, redis: 'guarded', redisSecret: 'given', telemetryFrom: 'itself' };

export const deployments = {
  plain: usual,
  staging: { ...usual, redis: 'dummy' },
  inherited: usual,
  diskcache: usual,
  bandaid: usual,
  'redis-careless': { ...usual, redisSecret: 'missing', telemetryFrom: 'staging' },
  sidecar: { ...usual, sidecar: true },
} as const satisfies { readonly [name in EnvironmentName]: Deployment };

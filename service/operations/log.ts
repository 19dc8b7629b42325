import { pino } from 'pino';
import type { Options } from '../options.ts';

/** JSON lines on stdout, written at once: the last words of a pod that dies are the ones that matter. */
export function createLog(options: Options, configHash: string) {
  return pino(
    {
      level: options.logLevel,
      base: {
        environment: options.environment,
        pod: options.podName,
        config: configHash,
        ...(options.runId === '' ? {} : { runId: options.runId }),
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['redisPassword', '*.redisPassword', 'password', '*.password', '*.authorization'], censor: '[secret]' },
    },
    pino.destination({ fd: 1, sync: true }),
  );
}

export type Log = ReturnType<typeof createLog>;

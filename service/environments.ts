import { bytesPerMiB, type EnvironmentName, type OptionDefaults } from './options.ts';

/**
 * The environments: values of options where they differ from the defaults, and nothing else. The service is the same in all of them, so
 * whatever differs between two of them can be named. A variable outweighs its environment's value.
 */

/**
 * Veltrix, the platform that the search was bolted onto: it counts what it remembers, but not the bytes, lets everybody wait,
 * and calls an empty chest an answer.
 */
const veltrix = {
  onTimeout: 'empty',
  waitingMax: null,
  sessionsMax: 10_000,
  sessionSearchesMax: 25,
  sessionBytesMax: null,
} as const satisfies OptionDefaults;

/** As production was: tuned for tests with few players and tiny bodies. */
const inherited = { ...veltrix, requestTimeoutMs: 50, memoryBytesMax: 256 * bytesPerMiB } as const satisfies OptionDefaults;

/** After the first alarm: ten times the time, twice the memory. */
const bandaid = { ...inherited, requestTimeoutMs: 500, memoryBytesMax: 512 * bytesPerMiB } as const satisfies OptionDefaults;

export const environments = {
  plain: {},
  staging: { ...veltrix, requestTimeoutMs: 500, memoryBytesMax: 1_024 * bytesPerMiB },
  inherited,
  diskcache: { ...inherited, cacheKind: 'disk' },
  bandaid,
  'redis-careless': { ...bandaid, missingSecret: 'empty' },
  sidecar: { cacheEntriesMax: 0 },
} as const satisfies { readonly [name in EnvironmentName]: OptionDefaults };

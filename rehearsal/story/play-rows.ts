import type { EnvironmentName } from '../environment-names.ts';

/** What is played for the story, in this order. Several of its rows read the same play. */
export type PlayRow = {
  /** A shipped scenario: crowd, length, faults. */
  readonly scenario: string;
  readonly environment: EnvironmentName;
  readonly crowd: 'synthetic' | 'explorers';
  /** What it is for, in the list of progress. */
  readonly about: string;
  /** Metrics of the pods that are read once a second while it goes on: name, and labels that must match. */
  readonly samples: { readonly [name: string]: Metric };
};

export type Metric = { readonly metric: string; readonly labels: { readonly [label: string]: string } };

const gcSeconds: Metric = { metric: 'treasure_gc_seconds_total', labels: {} };
const lookups = (level: string, result: string): Metric => ({ metric: 'treasure_cache_lookups_total', labels: { level, result } });

export const playRows = {
  stagingSynthetic: {
    scenario: 'story-synthetic',
    environment: 'staging',
    crowd: 'synthetic',
    about: 'what the team tested, where it tested it',
    samples: {},
  },
  inheritedSynthetic: {
    scenario: 'story-synthetic',
    environment: 'inherited',
    crowd: 'synthetic',
    about: 'the same tests where players will play',
    samples: {},
  },
  stagingExplorers: {
    scenario: 'story-explorers',
    environment: 'staging',
    crowd: 'explorers',
    about: 'players, with 1 GiB and a sane time-out',
    samples: { gcSeconds },
  },
  inheritedExplorers: {
    scenario: 'story-explorers',
    environment: 'inherited',
    crowd: 'explorers',
    about: 'the same players, with the inherited limits',
    samples: { gcSeconds },
  },
  compactions: {
    scenario: 'story-compactions',
    environment: 'diskcache',
    crowd: 'explorers',
    about: 'players who come back to their spots, with a cache on disk',
    samples: {
      compactions: { metric: 'treasure_disk_cache_compactions_total', labels: {} },
      hits: lookups('disk', 'hit'),
      misses: lookups('disk', 'miss'),
      gcSeconds,
    },
  },
  withoutDisk: {
    scenario: 'story-compactions',
    environment: 'inherited',
    crowd: 'explorers',
    about: 'the same players without the cache on disk',
    samples: { gcSeconds },
  },
  bandaid: { scenario: 'story-bandaid', environment: 'bandaid', crowd: 'explorers', about: 'the band-aid on six real pods', samples: {} },
  careless: {
    scenario: 'story-careless',
    environment: 'redis-careless',
    crowd: 'explorers',
    about: 'Redis without its secret',
    samples: {},
  },
  sidecarExplorers: {
    scenario: 'story-explorers',
    environment: 'sidecar',
    crowd: 'explorers',
    about: 'the players that broke the inherited limits',
    samples: { gcSeconds },
  },
  hits: { scenario: 'story-hits', environment: 'sidecar', crowd: 'synthetic', about: 'cache hits in the sidecar', samples: {} },
  hitsForwarded: {
    scenario: 'story-hits-forwarded',
    environment: 'sidecar',
    crowd: 'synthetic',
    about: 'the same hits in the main process',
    samples: {},
  },
  launch: {
    scenario: 'story-launch',
    environment: 'sidecar',
    crowd: 'explorers',
    about: '15,000 players',
    samples: { redisHits: lookups('redis', 'hit') },
  },
} as const satisfies { readonly [name: string]: PlayRow };

export type PlayName = keyof typeof playRows;

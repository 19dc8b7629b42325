// Do players feel each compaction of a cache on disk, while the pod still keeps up?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Compactions of a disk cache',
  environment: 'diskcache',
  pods: 1,
  // A smaller file than the environment's, so that several compactions fall into half a minute.
  service: { diskCacheBytesMax: 2_097_152 },
  // A hunt in few places: what is asked for again and again was written long ago, and that is what a compaction drops.
  crowd: { kind: 'explorers', players: 700, space: { cells: 64, exponent: 1.1 } },
  settle: '26s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] }],
};

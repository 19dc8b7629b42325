// Do players feel each compaction of a cache on disk, while the pod still keeps up?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Compactions of a disk cache',
  environment: 'diskcache',
  pods: 1,
  crowd: { kind: 'explorers', players: 700 },
  settle: '26s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.9, in: ['before'] }],
};

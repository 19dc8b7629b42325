// What do players lose when the band-aid is rolled out all at once, and when its pods outgrow what their nodes have?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'The band-aid, rolled out',
  environment: 'bandaid',
  pods: 6,
  crowd: { kind: 'explorers', players: 600, mix: { explorer: 3, farmer: 1, bot: 6 } },
  timeline: [
    { at: '6s', for: '4s', fault: { kind: 'roll', variant: 'all-at-once' } },
    { at: '18s', for: '6s', fault: { kind: 'node-pressure', every: '1s' } },
  ],
  settle: '4s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: 'every during' }],
};

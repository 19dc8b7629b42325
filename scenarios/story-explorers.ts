// Does a player find loot when players chain their searches, on an environment that nobody had tried that way?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Explorers, as on launch day',
  environment: 'inherited',
  crowd: { kind: 'explorers', players: 2000, mix: { explorer: 6, farmer: 2, wanderer: 2 } },
  settle: '20s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

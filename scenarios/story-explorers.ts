// Does a player find loot when players chain their searches, on an environment that nobody had tried that way?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Explorers on one pod, as on launch day',
  environment: 'inherited',
  pods: 1,
  crowd: { kind: 'explorers', players: 2000, mix: { explorer: 4, farmer: 2, wanderer: 1, bot: 3 } },
  settle: '44s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

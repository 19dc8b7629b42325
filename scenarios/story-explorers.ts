// Does a player find loot when players chain their searches, on an environment that nobody had tried that way?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Explorers on one pod, as on launch day',
  environment: 'inherited',
  pods: 1,
  // What is back within a second has hardly been away: players wait as long as a cluster lets them.
  crashBackOff: 'kubelet',
  crowd: {
    kind: 'explorers',
    // Half of them keep their places; of the others explorers chain and scripts ask the most. Clients try again by themselves. All assumed.
    players: 4500,
    mix: { squatter: 48, explorer: 13, farmer: 5, bot: 34 },
    // Until all are in, a pod has filled up for the first time; the window is long enough for the waits of its crash loop.
    join: '30s',
    retries: { backoff: 9, fixed: 1 },
  },
  settle: '100s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

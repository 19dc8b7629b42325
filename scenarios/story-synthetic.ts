// Does the environment carry what the inherited tests ask of it: single searches, tiny bodies, few places, 400 a second?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'The inherited tests',
  environment: 'staging',
  crowd: { kind: 'synthetic', players: 400 },
  settle: '8s',
  expect: [
    { share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] },
    { latency: 0.99, of: 'search', atMost: '50ms', in: ['before'] },
  ],
};

// How fast is what the sidecar has in its own memory? Four places, so that nearly every search is there.
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Cache hits in the sidecar',
  environment: 'sidecar',
  crowd: { kind: 'synthetic', players: 400 },
  settle: '6s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

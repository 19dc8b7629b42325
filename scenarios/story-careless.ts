// Does anybody notice that Redis refuses every connection, when what people look at comes from staging?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Redis without its secret',
  environment: 'redis-careless',
  crowd: { kind: 'explorers', players: 200 },
  settle: '6s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

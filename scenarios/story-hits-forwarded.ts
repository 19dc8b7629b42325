// How fast is the same where the sidecar keeps nothing and forwards, and the main process has it in its memory?
import type { Scenario } from '../rehearsal/scenario.ts';

export const scenario: Scenario = {
  title: 'Cache hits in the main process',
  environment: 'sidecar',
  service: { sidecarSearch: 'forward', sidecarCacheBytesMax: 0, sidecarNegativeBytesMax: 0, cacheEntriesMax: 512 },
  crowd: { kind: 'synthetic', players: 400 },
  settle: '6s',
  expect: [{ share: 'useful', of: 'search', atLeast: 0.99, in: ['before'] }],
};

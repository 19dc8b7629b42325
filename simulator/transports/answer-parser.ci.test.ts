import { test } from 'vitest';
import { takesWhatNodeTakes } from './fixtures/same-verdict.ts';

test("takes what Node's own parser takes, and rejects what that rejects: 100,000 answers", async () => {
  await takesWhatNodeTakes(100_000);
}, 300_000);

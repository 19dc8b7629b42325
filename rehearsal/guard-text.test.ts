import { expect, test } from 'vitest';
import { parseGuard } from './guard-text.ts';

test('a guard is read as people write it', () => {
  expect(parseGuard('useful<0.5 for 5s')).toMatchObject({ ok: true, value: [{ of: 'chain', below: 0.5, forMs: 5000 }] });
  expect(parseGuard('useful(search) < 0.9')).toMatchObject({ ok: true, value: [{ of: 'search', below: 0.9, forMs: 5000 }] });
  for (const text of ['', 'useful>0.5', 'useful<1.5', 'useful<0.5 for ever', 'p99<50ms']) expect(parseGuard(text).ok).toBe(false);
});

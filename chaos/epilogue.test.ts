import { expect, test } from 'vitest';
import { runEpilogue } from './epilogue.ts';

test('a report that cannot be told is said, and is no error', async () => {
  expect(await runEpilogue(null)).toBeNull();
  expect(await runEpilogue(['true'])).toBeNull();
  expect(await runEpilogue(['false'])).toBe('false ended with 1');
  expect(await runEpilogue(['/no/such/program'])).toContain('could not be started');
});

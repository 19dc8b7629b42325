import { describe, expect, test } from 'vitest';
import { alive, notYetReady, type ProbeRule, probed } from './health.ts';

const rule: ProbeRule = { everyMs: 250, timeoutMs: 500, failuresMax: 2 };

function after(answers: readonly boolean[]): readonly boolean[] {
  let health = notYetReady;
  return answers.map((succeeded) => {
    health = probed(health, succeeded, rule);
    return health.passing;
  });
}

describe('health', () => {
  test('one success is enough, one failure is not, two in a row are', () => {
    expect(after([false, true, false, true, false, false, true])).toEqual([false, true, true, true, true, false, true]);
  });

  test('a pod that was never ready does not become so by failing', () => {
    expect(after([false, false, false])).toEqual([false, false, false]);
  });

  test('failures in a row are counted on, beyond the limit too', () => {
    expect(probed(probed(probed(alive, false, rule), false, rule), false, rule)).toEqual({ passing: false, failuresInARow: 3 });
  });
});

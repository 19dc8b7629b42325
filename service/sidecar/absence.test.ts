import { describe, expect, test } from 'vitest';
import { Absence, unlessAborted } from './absence.ts';

/** A process that is away from 0 until `backAtMs`, in a time of its own. */
function absenceUntil(backAtMs: number) {
  const world = { nowMs: 0, looks: 0 };
  const absence = new Absence({
    isThere: async () => {
      world.looks += 1;
      return world.nowMs >= backAtMs;
    },
    nowMs: () => world.nowMs,
    pause: async (ms) => {
      world.nowMs += ms;
    },
  });
  return { absence, world };
}

describe('who is away', () => {
  test('is waited for, by all with one look at a time', async () => {
    const { absence, world } = absenceUntil(300);
    expect(await Promise.all([absence.over(), absence.over(), absence.over()])).toEqual([true, true, true]);
    expect([world.nowMs, world.looks]).toEqual([300, 31]);
  });

  test('is on until it was heard of', async () => {
    const { absence } = absenceUntil(0);
    expect(absence.isOn).toBe(false);
    await absence.over();
    expect(absence.isOn).toBe(true);
    absence.isOver();
    expect(absence.isOn).toBe(false);
  });

  test('for longer than a restart takes is given up, and looked for only once by each who asks after that', async () => {
    const { absence, world } = absenceUntil(60_000);
    expect(await absence.over()).toBe(false);
    const gaveUpAtMs = world.nowMs;
    world.looks = 0;
    expect([await absence.over(), world.nowMs - gaveUpAtMs, world.looks]).toEqual([false, 0, 1]);
    world.nowMs = 60_000;
    expect(await absence.over()).toBe(true);
  });

  test('again is waited for again once it was heard of in between', async () => {
    const { absence, world } = absenceUntil(60_000);
    await absence.over();
    absence.isOver();
    const fromMs = world.nowMs;
    expect([await absence.over(), world.nowMs - fromMs >= 1_000]).toEqual([false, true]);
  });
});

test('nobody waits for longer than he may', async () => {
  const stopping = new AbortController();
  const waited = unlessAborted(new Promise(() => {}), stopping.signal);
  stopping.abort();
  expect(await waited).toBe(false);
  expect(await unlessAborted(Promise.resolve(true), new AbortController().signal)).toBe(true);
});

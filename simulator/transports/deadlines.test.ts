import { expect, test } from 'vitest';
import type { Clock } from '../../core/clock.ts';
import { createSimulatedClock } from '../../core/simulated-clock.ts';
import { Deadlines } from './deadlines.ts';

test('whoever is watched comes up at its time, the nearest first, and then no more', async () => {
  const { clock, deadlines, due } = stage();
  deadlines.watch(0, 300);
  deadlines.watch(1, 100);
  deadlines.watch(2, 200);
  await clock.runFor(1000);
  expect(due).toEqual(['1 at 100', '2 at 200', '0 at 300']);
});

test('a later deadline leaves the place where it is, an earlier one moves it', async () => {
  const { clock, deadlines, due } = stage();
  deadlines.watch(0, 100);
  deadlines.watch(0, 500);
  await clock.runFor(200);
  expect(due, 'looked at again, and to be watched anew').toEqual(['0 at 100']);
  deadlines.watch(0, 500);
  deadlines.watch(0, 300);
  await clock.runFor(1000);
  expect(due).toEqual(['0 at 100', '0 at 300']);
});

test('from within its end one may be watched again', async () => {
  const clock = createSimulatedClock();
  const atMs: number[] = [];
  const deadlines: Deadlines = new Deadlines(clock, (player, nowMs) => {
    atMs.push(nowMs);
    if (nowMs < 300) deadlines.watch(player, nowMs + 100);
  });
  deadlines.watch(7, 100);
  await clock.runFor(1000);
  expect(atMs).toEqual([100, 200, 300]);
});

test('a thousand exchanges of a hundred players that end in time cost a few alarms of the clock, and none is left over', async () => {
  const { clock, deadlines, alarms } = stage();
  for (let round = 0; round < 10; round++) {
    for (let player = 0; player < 100; player++) deadlines.watch(player, clock.nowMs() + 2000);
    await clock.runFor(100);
  }
  expect(alarms.set).toBe(1);
  await clock.runFor(10_000);
  expect(alarms.open).toBe(0);
});

test('forgotten, nobody comes up, and nothing keeps the process alive', async () => {
  const { clock, deadlines, due, alarms } = stage();
  deadlines.watch(0, 100);
  deadlines.watch(1, 50);
  deadlines.forget();
  expect(alarms.open).toBe(0);
  await clock.runFor(1000);
  expect(due).toEqual([]);
  deadlines.watch(0, 1500);
  await clock.runFor(1000);
  expect(due).toEqual(['0 at 1500']);
});

function stage() {
  const clock = createSimulatedClock();
  const alarms = { set: 0, open: 0 };
  const counting: Clock = {
    ...clock,
    after(delayMs, callback) {
      alarms.set += 1;
      alarms.open += 1;
      let isOpen = true;
      const close = () => {
        if (isOpen) alarms.open -= 1;
        isOpen = false;
      };
      const cancel = clock.after(delayMs, () => {
        close();
        callback();
      });
      return () => {
        close();
        cancel();
      };
    },
  };
  const due: string[] = [];
  const deadlines = new Deadlines(counting, (player, nowMs) => due.push(`${player} at ${nowMs}`));
  return { clock, deadlines, due, alarms };
}
